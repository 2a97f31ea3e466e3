/**
 * What the web server nginx does with its configuration: reads and checks it, worded as nginx, and answers requests by it. Door:
 * {@code NginxConfiguration}. Files, names, logs and connections come from a {@code NginxHost}, which the container implements.
 * Uses network's HTTP values.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.nginx;
