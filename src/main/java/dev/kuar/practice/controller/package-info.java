/** The controllers of kube-controller-manager, each a reconciler. Uses api's client, object, time. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.controller;
