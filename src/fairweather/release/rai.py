"""What Croissant's vocabulary on responsible AI asks of a dataset, answered; figures come from the manifest."""

from collections.abc import Mapping
from typing import Any

_ANSWERS: dict[str, str | list[str]] = {
    "rai:dataCollection": (
        "Open articles are written by a large language model, each from a commission of its own, and checked for facts "
        "by a second run. Press articles and presidential addresses are real text; only stand-off labels ship."
    ),
    "rai:dataCollectionType": ["Others"],
    "rai:dataCollectionMissingData": (
        "Units of a stand-off article that a user's copy lacks are listed by id and left out, with the labels on them."
    ),
    "rai:dataCollectionRawData": "There is no raw data behind the open articles besides the commissions, which ship.",
    "rai:dataPreprocessingProtocol": [
        "Texts are split into sentences and passages once; the boundaries are frozen in the corpus files.",
    ],
    "rai:dataAnnotationProtocol": [
        "Three annotators label every sentence and every stance item by the codebook, blind to one another, to the "
        "title and to the commission. An adjudicator rules where labels differ and says why. Raw votes ship.",
    ],
    "rai:dataAnnotationPlatform": ["Plain text sheets and tab-separated files, made and read by `fairweather curate`."],
    "rai:annotatorDemographics": [
        "The annotators are separate runs of one large language model. They share its habits and agree more than "
        "people would. No person has validated the labels yet.",
    ],
    "rai:machineAnnotationTools": ["A large language model made all labels, summaries and rulings."],
    "rai:dataUseCases": [
        "Measuring stance detection towards named holders and propositions, claim detection and summarization, and "
        "telling whether results on written text hold on real text.",
        "Not for judging real persons, outlets or governments, and not as a source on history.",
    ],
    "rai:dataBiases": [
        "One model wrote, labelled and adjudicated: its habits of style and of reading run through all layers.",
        "English only; views are spread by commission and represent no population of commentary.",
    ],
    "rai:dataLimitations": [
        "Open articles can be told from real text by a linear classifier; errors of fact must be expected.",
        "Agreement between runs of one model says how clear the codebook is to it, not how right the labels are.",
    ],
    "rai:dataSocialImpact": (
        "Stance detection can serve to sort people by opinion. The dataset asks only what a passage lets a reader "
        "infer of public actors and invented persons, and its licence terms and datasheet warn against other use."
    ),
    "rai:personalSensitiveInformation": [
        "Public positions of public figures on public matters; private persons in the open articles are invented.",
    ],
    "rai:dataReleaseMaintenancePlan": (
        "Versioned releases with a record-level changelog; wrong labels are mended by issue, votes kept; a publisher's "
        "request to withdraw stand-off labels is honoured in the next release."
    ),
}


def responsible_ai(manifest: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """The answers, with agreement and votes an item as this release measured them."""
    agreement = [
        f"Krippendorff's alpha, {source}, {layer}: {measured['alpha']:.3f}"
        for source, layers in manifest["agreement"].items()
        for layer, measured in layers.items()
        if measured["alpha"] is not None
    ]
    voters = max(
        (measured["annotators"] for layers in manifest["agreement"].values() for measured in layers.values()), default=0
    )
    return {
        **_ANSWERS,
        "rai:dataAnnotationAnalysis": agreement,
        "rai:annotationsPerItem": f"{voters} votes an item, and a ruling where labels differ.",
    }
