// What client-go's own machinery does against a practice cluster: a shared informer, a work queue, leader election with
// a handover; and a controller on controller-runtime. Run as: client KUBECONFIG. Prints a line a check and exits 1 at the first that fails.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/util/workqueue"
)

const namespace = "go-client"

func check(what string, holds bool) {
	if !holds {
		fmt.Println("FAIL " + what)
		os.Exit(1)
	}
	fmt.Println("ok   " + what)
}

func must(err error) {
	if err != nil {
		fmt.Println("FAIL " + err.Error())
		os.Exit(1)
	}
}

func waitFor(what string, holds func() bool) {
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if holds() {
			check(what, true)
			return
		}
	}
	check(what, false)
}

func main() {
	config, err := clientcmd.BuildConfigFromFlags("", os.Args[1])
	must(err)
	client, err := kubernetes.NewForConfig(config)
	must(err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err = client.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}, metav1.CreateOptions{})
	must(err)
	informer(ctx, client)
	election(ctx, client)
	manager(ctx, config)
	must(client.CoreV1().Namespaces().Delete(ctx, namespace, metav1.DeleteOptions{}))
}

// A controller in small: ConfigMaps become queue keys, a worker labels each, the informer's store sees the label.
func informer(ctx context.Context, client kubernetes.Interface) {
	factory := informers.NewSharedInformerFactoryWithOptions(client, time.Minute, informers.WithNamespace(namespace))
	maps := factory.Core().V1().ConfigMaps()
	queue := workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[string]())
	defer queue.ShutDown()
	enqueue := func(object interface{}) {
		if key, err := cache.DeletionHandlingMetaNamespaceKeyFunc(object); err == nil {
			queue.Add(key)
		}
	}
	deleted := make(chan string, 10)
	_, err := maps.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    enqueue,
		UpdateFunc: func(_, now interface{}) { enqueue(now) },
		DeleteFunc: func(object interface{}) {
			if key, err := cache.DeletionHandlingMetaNamespaceKeyFunc(object); err == nil {
				deleted <- key
			}
		},
	})
	must(err)
	factory.Start(ctx.Done())
	check("the informer syncs", cache.WaitForCacheSync(ctx.Done(), maps.Informer().HasSynced))
	go func() {
		for {
			key, quit := queue.Get()
			if quit {
				return
			}
			_, name, _ := cache.SplitMetaNamespaceKey(key)
			if object, err := maps.Lister().ConfigMaps(namespace).Get(name); err == nil && object.Labels["seen"] != "yes" {
				changed := object.DeepCopy()
				changed.Labels = map[string]string{"seen": "yes"}
				if _, err := client.CoreV1().ConfigMaps(namespace).Update(ctx, changed, metav1.UpdateOptions{}); err != nil {
					queue.AddRateLimited(key)
				}
			}
			queue.Forget(key)
			queue.Done(key)
		}
	}()
	for i := 0; i < 20; i++ {
		_, err := client.CoreV1().ConfigMaps(namespace).Create(ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("m%d", i)}}, metav1.CreateOptions{})
		must(err)
	}
	waitFor("the queue's worker labels every object, and the store sees it", func() bool {
		all, _ := maps.Informer().GetStore().List(), 0
		seen := 0
		for _, each := range all {
			if each.(*corev1.ConfigMap).Labels["seen"] == "yes" {
				seen++
			}
		}
		return seen >= 20
	})
	must(client.CoreV1().ConfigMaps(namespace).Delete(ctx, "m7", metav1.DeleteOptions{}))
	select {
	case key := <-deleted:
		check("a deletion is heard", key == namespace+"/m7")
	case <-time.After(30 * time.Second):
		check("a deletion is heard", false)
	}
}

// Two candidates: one leads, and when it steps down the other does.
func election(ctx context.Context, client kubernetes.Interface) {
	leads := make(chan string, 4)
	candidate := func(ctx context.Context, name string) {
		lock, err := resourcelock.New(resourcelock.LeasesResourceLock, namespace, "leader", client.CoreV1(), client.CoordinationV1(), resourcelock.ResourceLockConfig{Identity: name})
		must(err)
		leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
			Lock: lock, ReleaseOnCancel: true,
			LeaseDuration: 6 * time.Second, RenewDeadline: 4 * time.Second, RetryPeriod: 500 * time.Millisecond,
			Callbacks: leaderelection.LeaderCallbacks{
				OnStartedLeading: func(context.Context) { leads <- name },
				OnStoppedLeading: func() {},
			},
		})
	}
	first, stop := context.WithCancel(ctx)
	go candidate(first, "one")
	check("one leads", <-leads == "one")
	go candidate(ctx, "two")
	time.Sleep(2 * time.Second)
	check("the other waits", len(leads) == 0)
	stop()
	check("the other leads when one steps down", <-leads == "two")
	lease, err := client.CoordinationV1().Leases(namespace).Get(ctx, "leader", metav1.GetOptions{})
	must(err)
	check("the lease says so", *lease.Spec.HolderIdentity == "two" && *lease.Spec.LeaseTransitions >= 1)
}
