package io.github.passerelle.campaign;

/** The campaign cannot go on: something did not come within its time. */
final class CampaignFailure extends RuntimeException {

    CampaignFailure(String message) {
        super(message);
    }
}
