// A body ready to be posed: skeleton, measures and masses of one figure.
#pragma once

#include <array>
#include <vector>

#include "world/figure/figure.h"
#include "world/figure/motion/controls.h"
#include "world/figure/proportions.h"

namespace world {

using JointPoses = std::array<base::Transform, kFigureJointCount>;  // world frame

// One segment of de Leva 1996: its mass sits `fraction` of the way between two joints.
struct MassSegment {
    int from, to;  // joints; `to` may be -1: along `axis` for `length_m`
    double fraction;
    double mass_kg;
    double length_m;
    double gyration_across, gyration_along;  // radii as fractions of the length
    base::Vec3 axis;                         // in the frame of `from`, used when to < 0
};

struct MassState {
    double mass_kg = 0;
    base::Vec3 centre;
};

struct FigureBody {
    Proportions size;
    Skeleton skeleton;
    JointPoses rest;
    std::vector<MassSegment> segments;
    uint64_t seed = 1;

    static FigureBody of(const FigureModel& figure);

    double leg() const { return size.hip_z; }
    double stand_pelvis_z() const { return rest[kPelvis].translation.z - 0.006 * size.height; }
    double foot_y() const { return size.hip_half * 0.92; }
    // Sole height under the ball joint and the ankle.
    double ball_height() const { return 0.012 * size.height; }
    double arm_reach() const { return size.upper_arm + size.forearm; }
};

Controls stand_controls(const FigureBody& body);
JointPoses solve_joints(const FigureBody& body, const Controls& controls);

MassState mass_state(const FigureBody& body, const JointPoses& joints);
// Moment of inertia about the vertical through `axis_point`, kg m2.
double vertical_inertia(const FigureBody& body, const JointPoses& joints, base::Vec3 axis_point);
// Angular momentum about that axis for two poses `dt` apart.
double vertical_momentum(const FigureBody& body, const JointPoses& before, const JointPoses& after,
                         double dt, base::Vec3 axis_point);

}  // namespace world
