package dev.kuar.practice.device;

import dev.kuar.practice.object.Quantity;
import java.util.Map;

/**
 * A device that was chosen for a request.
 *
 * @param consumed what is taken of the capacities of a device that several may have; empty for a whole one
 */
record Choice(Wish wish, Device device, Map<String, Quantity> consumed) {}
