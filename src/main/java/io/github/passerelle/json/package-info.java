/**
 * What is known of entries and cash sessions as JSON, the same for the command line and for the page.
 */
package io.github.passerelle.json;
