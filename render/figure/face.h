// The head with what belongs to it: skin, eyes, lids, lashes, brows, lips, teeth.
#pragma once

#include "render/figure/palette.h"
#include "render/figure/skin_builder.h"

namespace render {

constexpr float kNeckCut = -0.088f;  // head frame, authored size: below is the body's mesh

void add_head(SkinBuilder& builder, const Palette& palette, const world::FigureLook& look);
void add_eyes(SkinBuilder& builder, const Palette& palette);
void add_brows(SkinBuilder& builder, const Palette& palette, const world::FigureLook& look);
void add_mouth(SkinBuilder& builder);

// Face shapes of a point of the head's frame (authored size); shared by skin, brows and lashes.
FaceShift face_shift(const Anatomy& anatomy, Vec3f q, int mouth_side);
// Share of the jaw's turn, 0 .. 1. mouth_side: +1 upper lip, -1 lower, 0 by height.
float jaw_share(const Anatomy& anatomy, Vec3f q, int mouth_side);

// The opening of the left eye, in angles about its centre: > 0 inside, rad. `q` in the head frame.
struct LidAngles {
    float s;             // -1 inner corner .. 1 outer corner
    float elevation;     // above the line of the corners
    float upper, lower;  // of the opening at this s
    float inside() const { return std::min(upper - elevation, elevation - lower); }
};
LidAngles lid_angles(const EyePlan& eye, Vec3f q);
// On the lid sphere, head frame: the margin at s (+1 upper / -1 lower), raised by `extra` rad.
Vec3f lid_point(const EyePlan& eye, float s, int which, float extra, float radius);

}  // namespace render
