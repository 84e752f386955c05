package io.github.passerelle.check;

/**
 * Why Paheko is not asked at all.
 */
final class NotAsked {

    private NotAsked() {
    }

    static Finding settings() {
        return Finding.warning("paheko_not_asked", "Paheko is not asked: a setting that is needed for it is missing or wrong.",
                "Put the settings right first.");
    }

    static Finding folder() {
        return Finding.error("paheko_not_asked", "Paheko is not asked: there is no application.properties in this folder.",
                "Run this in the folder of Passerelle.");
    }
}
