package io.github.passerelle.campaign;

import io.github.passerelle.fixture.PasserelleProcess;

/**
 * One process of the application.
 *
 * @param inFlight how many requests it may have under way
 */
record Worker(PasserelleProcess process, int inFlight) {
}
