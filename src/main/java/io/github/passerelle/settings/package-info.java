/**
 * The settings that a user makes in the environment or in {@code .env}, and the one properties function by which routes and
 * {@code application.properties} read them.
 */
package io.github.passerelle.settings;
