// Mouth shapes of speech: the numbers in FigureModel::visemes and sound::Speech::visemes.
#pragma once

namespace world {

enum Viseme : int {
    kVisemeRest = 0,  // silence, lips together
    kVisemeAa,        // father, hot
    kVisemeAe,        // cat, cut
    kVisemeEh,        // bed, say
    kVisemeIy,        // see, sit
    kVisemeOh,        // go, law
    kVisemeUw,        // too, w
    kVisemeMbp,       // lips pressed
    kVisemeFv,        // lower lip to the teeth
    kVisemeLdn,       // l, d, t, n, k, g: tongue up
    kVisemeSz,        // s, z: teeth together
    kVisemeShCh,      // sh, ch, j, r: lips forward
    kVisemeTh,        // th: tongue between the teeth
    kVisemeCount
};

// What the face does for it. Each value 0 .. 1 unless said.
struct MouthShape {
    double open;     // of the jaw
    double wide;     // -1 pursed .. 1 spread
    double forward;  // lips pushed out
    double upper;    // upper lip raised
};
constexpr MouthShape mouth_shape(int viseme) {
    switch (viseme) {
        case kVisemeAa: return {0.62, 0.05, 0.0, 0.25};
        case kVisemeAe: return {0.45, 0.25, 0.0, 0.25};
        case kVisemeEh: return {0.32, 0.40, 0.0, 0.20};
        case kVisemeIy: return {0.18, 0.70, 0.0, 0.20};
        case kVisemeOh: return {0.42, -0.55, 0.55, 0.10};
        case kVisemeUw: return {0.18, -0.90, 0.90, 0.05};
        case kVisemeMbp: return {0.0, 0.0, 0.10, -0.15};
        case kVisemeFv: return {0.10, 0.15, 0.0, 0.30};
        case kVisemeLdn: return {0.24, 0.15, 0.0, 0.15};
        case kVisemeSz: return {0.10, 0.40, 0.0, 0.15};
        case kVisemeShCh: return {0.16, -0.45, 0.60, 0.15};
        case kVisemeTh: return {0.20, 0.15, 0.0, 0.10};
        default: return {0.0, 0.0, 0.0, 0.0};
    }
}

}  // namespace world
