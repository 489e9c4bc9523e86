// How four-legged animals walk, trot and gallop.
//
// Footfalls after M. Hildebrand, "The quadrupedal gaits of vertebrates" (BioScience 39, 1989):
// lateral-sequence walk, trot in diagonal pairs, transverse gallop. Feet stay where they stand (up
// to what the legs can reach); legs follow by inverse kinematics. Speeds by Froude number
// (R. McN. Alexander, 1984): animals of every size change gait near the same v^2 / (g leg).
// Pure functions; no state.
#pragma once

#include "world/beast/rig.h"

namespace world {

enum class Gait { Stand, Walk, Trot, Gallop };

// m/s at which an animal of this leg length is comfortable in a gait.
double usual_speed_mps(Gait gait, double leg_m);
Gait gait_for(double speed_mps, double leg_m);
// Strides a second that go with a speed.
double stride_hz(Gait gait, double speed_mps, double leg_m);

struct BeastMoment {
    double lift_m = 0;     // of the whole animal over its stand
    double pitch_rad = 0;  // nose down, about the shape's origin
    BeastPose pose;
};

// `cycle`: strides since the start, any real. `speed_mps` and `hz` as above; Stand breathes, looks
// around and wags its tail, with `cycle` in seconds.
BeastMoment beast_at(const BeastRig& rig, Gait gait, double cycle, double speed_mps, double hz);
// When a foot comes down, in strides 0 .. 1 of the cycle.
double touch_down(Gait gait, BeastLeg leg);
// From one to the other, share 0 .. 1.
BeastMoment blend(const BeastMoment& from, const BeastMoment& to, double share);

}  // namespace world
