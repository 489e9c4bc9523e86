// The measures of a body: lengths from height, sex and age.
//
// Adults: Drillis & Contini 1966 segment lengths (as in Winter, "Biomechanics and Motor Control of
// Human Movement", fig. 4.1) with a head about 6 % larger than life, which reads better in film.
// Children: longer head, shorter legs (growth charts after Stratz: 6 heads at eight years).
#pragma once

#include <cstdint>

#include "base/math/vec.h"
#include "world/figure/figure.h"

namespace world {

struct Proportions {
    double height;                  // m, all lengths in metres
    double head_height;             // chin to crown
    double hip_z, knee_z, ankle_z;  // joint heights, standing
    double hip_half;                // lateral offset of the hip joint
    double shoulder_z, shoulder_half;
    double upper_arm, forearm, hand;
    double foot_ball, foot_toe, foot_heel;  // forward of the ankle: ball, tip; heel behind it
    double girth;                           // 1 = average thickness of limbs and trunk
    double muscle;                          // 0 .. 1
    double female;                          // 0 or 1 (children: 0.3 or 0)
    double child;                           // 0 or 1
    double old;                             // 0 or 1
    double thigh() const { return hip_z - knee_z; }
    double shin() const { return knee_z - ankle_z; }
    // Size of a head relative to the one that the face is authored in (0.24 m).
    double head_scale() const { return head_height / 0.24; }
};

Proportions proportions_of(const FigureModel& figure);

// Shared by skeleton and skin: arms hang this far from the vertical at rest.
constexpr double kRestArmAngle = 0.68;  // rad

// Draws for a look: the same for motion and skin. Uniform [0, 1) for a topic like "hair".
double look_draw(const FigureLook& look, const char* topic);

}  // namespace world
