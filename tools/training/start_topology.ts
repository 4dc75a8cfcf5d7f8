/** Prints where the network lies that `train:emotion` begins with. */
import { packageFile } from "../../src/ml/package_files.ts";

console.log(packageFile("@vladmandic/human", "models/faceres.json"));
