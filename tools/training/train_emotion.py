"""One command from FER2013 to models/emotion: train, calibrate, measure, export."""
import argparse
import json
from pathlib import Path

import torch

from faces import Faces, read_faces, set_aside, without_copies
from fit import fit
from measure import figures, fitted_confidence, fitted_temperature, probabilities, views_of
from model_folder import write_model_folder
from network import EmotionNet

ROOT = Path(__file__).resolve().parents[2]
ASIDE_SHARE = 0.07
# Aimed at on the faces set aside, a little above the .90 that other faces are to meet.
RIGHT_MIN = 0.925


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of fer2013_{train,dev}.{u8.gz,json}")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "emotion", help="where the network goes")
    checkpoint = ROOT / "data" / "emotion_training.pt"
    parser.add_argument("--checkpoint", type=Path, default=checkpoint, help="stored after each epoch, resumed from")
    parser.add_argument("--epochs", type=int, default=85)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--version", default="1", help="stored with every observation: raise it with each new network")
    options = parser.parse_args()

    options.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    dev = read_faces(options.data / "fer2013_dev")
    seen, aside = set_aside(without_copies(read_faces(options.data / "fer2013_train"), dev), ASIDE_SHARE, options.seed)
    print(f"{len(seen.labels)} faces to learn from, {len(aside.labels)} set aside", flush=True)
    net = fit(seen, aside, options.epochs, options.seed, options.workers, options.checkpoint)
    output, metrics = calibrated(net, aside, dev, is_mirrored=False)
    calibrated(net, aside, dev, is_mirrored=True)
    write_model_folder(net, options.out, options.version, output, metrics)


def calibrated(net: EmotionNet, aside: Faces, dev: Faces, is_mirrored: bool) -> tuple[dict, list]:
    """Fits what the manifest's `output` states on the faces set aside; the figures on the dev split are printed."""
    aside_views = views_of(net, aside.pixels, is_mirrored)
    temperature = fitted_temperature(aside_views, aside.labels)
    aside_shares = probabilities(aside_views, temperature)
    confidence = fitted_confidence(aside_shares, aside.labels, RIGHT_MIN)
    dev_shares = probabilities(views_of(net, dev.pixels, is_mirrored), temperature)
    on_dev = figures(dev_shares, dev.labels, confidence)
    measured = {"set_aside": figures(aside_shares, aside.labels, confidence), "dev": on_dev}
    fitted = {"mirrored": is_mirrored, "temperature": temperature, "confidence": confidence}
    print(json.dumps({**fitted, **measured}, indent=2))
    split = f"FER2013 development split, {len(dev.labels)} faces"
    metrics = [{"name": name, "value": round(value, 4), "on": split} for name, value in on_dev.items()]
    return {"temperature": temperature, "confidenceMin": confidence}, metrics


if __name__ == "__main__":
    main()
