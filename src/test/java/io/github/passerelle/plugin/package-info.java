/** Tests of the plugin for Paheko in src/main/paheko-plugin: by PHP itself, and inside a real Paheko. */
package io.github.passerelle.plugin;
