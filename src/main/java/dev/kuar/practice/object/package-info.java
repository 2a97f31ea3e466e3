/** Objects as trees, and the words about them: names, selectors, quantities, statuses. Uses nothing. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.object;
