package main

import (
	"context"
	"fmt"
	"time"

	"github.com/go-logr/logr"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/events"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/envtest"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

// A Crew is a custom resource: so many sailors, each a pod.
type Crew struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              struct {
		Size int32 `json:"size"`
	} `json:"spec"`
	Status struct {
		Conditions []metav1.Condition `json:"conditions,omitempty"`
	} `json:"status,omitempty"`
}

func (c *Crew) DeepCopyObject() runtime.Object {
	other := *c
	c.ObjectMeta.DeepCopyInto(&other.ObjectMeta)
	other.Status.Conditions = append([]metav1.Condition(nil), c.Status.Conditions...)
	return &other
}

type CrewList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Crew `json:"items"`
}

func (l *CrewList) DeepCopyObject() runtime.Object {
	other := *l
	other.Items = make([]Crew, len(l.Items))
	for i := range l.Items {
		other.Items[i] = *l.Items[i].DeepCopyObject().(*Crew)
	}
	return &other
}

const farewell = "crews.kuar.dev/farewell"

type reconciler struct {
	client.Client
	events events.EventRecorder
}

// Reconcile makes a Deployment of the crew's size, says in a condition whether all are there, and bids farewell.
func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	crew := &Crew{}
	if err := r.Get(ctx, request.NamespacedName, crew); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !crew.DeletionTimestamp.IsZero() {
		if controllerutil.RemoveFinalizer(crew, farewell) {
			r.events.Eventf(crew, nil, corev1.EventTypeNormal, "Farewell", "Leave", "the crew leaves")
			return ctrl.Result{}, r.Update(ctx, crew)
		}
		return ctrl.Result{}, nil
	}
	if controllerutil.AddFinalizer(crew, farewell) {
		return ctrl.Result{}, r.Update(ctx, crew)
	}
	sailors := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: crew.Name, Namespace: crew.Namespace}}
	_, err := controllerutil.CreateOrUpdate(ctx, r.Client, sailors, func() error {
		labels := map[string]string{"crew": crew.Name}
		sailors.Spec.Replicas = &crew.Spec.Size
		sailors.Spec.Selector = &metav1.LabelSelector{MatchLabels: labels}
		sailors.Spec.Template.Labels = labels
		if len(sailors.Spec.Template.Spec.Containers) == 0 {
			sailors.Spec.Template.Spec.Containers = []corev1.Container{{Name: "sailor", Image: "busybox", Command: []string{"sleep", "1d"}}}
		}
		return controllerutil.SetControllerReference(crew, sailors, r.Scheme())
	})
	if err != nil {
		return ctrl.Result{}, err
	}
	before := crew.DeepCopyObject().(*Crew)
	status := metav1.ConditionFalse
	if sailors.Status.ReadyReplicas == crew.Spec.Size {
		status = metav1.ConditionTrue
	}
	meta.SetStatusCondition(&crew.Status.Conditions, metav1.Condition{Type: "Complete", Status: status, Reason: "Counted", Message: fmt.Sprint(sailors.Status.ReadyReplicas), ObservedGeneration: crew.Generation})
	return ctrl.Result{}, r.Status().Patch(ctx, crew, client.MergeFrom(before))
}

// A controller on controller-runtime: definitions installed as its envtest does, a cache, a leader, a finalizer, an event.
func manager(ctx context.Context, config *rest.Config) {
	ctrl.SetLogger(logr.Discard())
	group := schema.GroupVersion{Group: "crews.kuar.dev", Version: "v1"}
	keep := true
	_, err := envtest.InstallCRDs(config, envtest.CRDInstallOptions{CRDs: []*apiextensionsv1.CustomResourceDefinition{{
		ObjectMeta: metav1.ObjectMeta{Name: "crews.crews.kuar.dev"},
		Spec: apiextensionsv1.CustomResourceDefinitionSpec{
			Group: group.Group, Scope: apiextensionsv1.NamespaceScoped,
			Names: apiextensionsv1.CustomResourceDefinitionNames{Kind: "Crew", ListKind: "CrewList", Plural: "crews", Singular: "crew"},
			Versions: []apiextensionsv1.CustomResourceDefinitionVersion{{
				Name: group.Version, Served: true, Storage: true,
				Subresources: &apiextensionsv1.CustomResourceSubresources{Status: &apiextensionsv1.CustomResourceSubresourceStatus{}},
				Schema:       &apiextensionsv1.CustomResourceValidation{OpenAPIV3Schema: &apiextensionsv1.JSONSchemaProps{Type: "object", XPreserveUnknownFields: &keep}},
			}},
		},
	}}})
	must(err)
	check("envtest installs a definition and waits for it", true)
	types := runtime.NewScheme()
	must(scheme.AddToScheme(types))
	types.AddKnownTypes(group, &Crew{}, &CrewList{})
	metav1.AddToGroupVersion(types, group)
	runs, err := ctrl.NewManager(config, ctrl.Options{
		Scheme: types, Metrics: server.Options{BindAddress: "0"},
		LeaderElection: true, LeaderElectionID: "crews", LeaderElectionNamespace: namespace,
	})
	must(err)
	must(ctrl.NewControllerManagedBy(runs).For(&Crew{}).Owns(&appsv1.Deployment{}).
		Complete(&reconciler{runs.GetClient(), runs.GetEventRecorder("crews")}))
	go func() { must(runs.Start(ctx)) }()
	select {
	case <-runs.Elected():
		check("the manager leads", true)
	case <-time.After(60 * time.Second):
		check("the manager leads", false)
	}
	direct, err := client.New(config, client.Options{Scheme: types})
	must(err)
	crew := &Crew{ObjectMeta: metav1.ObjectMeta{Name: "pinta", Namespace: namespace}}
	key := client.ObjectKeyFromObject(crew)
	crew.Spec.Size = 2
	must(direct.Create(ctx, crew))
	complete := func() bool {
		return direct.Get(ctx, key, crew) == nil && meta.IsStatusConditionTrue(crew.Status.Conditions, "Complete") &&
			meta.FindStatusCondition(crew.Status.Conditions, "Complete").ObservedGeneration == crew.Generation
	}
	waitFor("the crew gets complete", complete)
	crew.Spec.Size = 3
	must(direct.Update(ctx, crew))
	waitFor("a bigger crew gets complete", complete)
	must(direct.Delete(ctx, crew))
	waitFor("it goes when its finalizer is done", func() bool { return errors.IsNotFound(direct.Get(ctx, key, crew)) })
	waitFor("what it owned goes after it", func() bool { return errors.IsNotFound(direct.Get(ctx, key, &appsv1.Deployment{})) })
	waitFor("its farewell is an event", func() bool {
		list := &corev1.EventList{}
		if direct.List(ctx, list, client.InNamespace(namespace)) != nil {
			return false
		}
		for _, event := range list.Items {
			if event.Reason == "Farewell" && event.InvolvedObject.Name == "pinta" {
				return true
			}
		}
		return false
	})
}
