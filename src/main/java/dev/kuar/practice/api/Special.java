package dev.kuar.practice.api;

import dev.kuar.practice.schema.Kind;

/** Answers requests that are not one of the generic verbs on a stored object: virtual kinds and odd subresources. */
@FunctionalInterface
interface Special {
    Answer answer(Kind kind, ApiRequest request);
}
