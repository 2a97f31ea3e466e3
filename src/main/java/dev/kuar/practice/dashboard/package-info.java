/**
 * The pages of the Dashboard that simulated processes serve: practice's stand-in for the Kubernetes Dashboard and for Headlamp,
 * with a look of its own. Door: {@code DashboardSite}. It knows of the cluster only what the API server answers to the visitor's
 * token. Uses network's HTTP values and object.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.dashboard;
