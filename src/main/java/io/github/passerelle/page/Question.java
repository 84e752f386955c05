package io.github.passerelle.page;

/**
 * Something that Redis is asked for.
 */
interface Question<T> {

    T ask() throws InterruptedException;
}
