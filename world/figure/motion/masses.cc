#include "world/figure/motion/body.h"

namespace world {
namespace {

using base::Vec3;

Vec3 segment_axis(const MassSegment& s, const JointPoses& joints) {
    const auto& from = joints[static_cast<size_t>(s.from)];
    if (s.to < 0) return from.rotation.rotate(s.axis);
    return base::normalize(joints[static_cast<size_t>(s.to)].translation - from.translation);
}

Vec3 segment_centre(const MassSegment& s, const JointPoses& joints) {
    const Vec3 from = joints[static_cast<size_t>(s.from)].translation;
    if (s.to < 0) return from + segment_axis(s, joints) * (s.fraction * s.length_m);
    return base::lerp(from, joints[static_cast<size_t>(s.to)].translation, s.fraction);
}

}  // namespace

MassState mass_state(const FigureBody& body, const JointPoses& joints) {
    MassState out;
    for (const MassSegment& s : body.segments) {
        out.mass_kg += s.mass_kg;
        out.centre += segment_centre(s, joints) * s.mass_kg;
    }
    out.centre = out.centre / out.mass_kg;
    return out;
}

double vertical_inertia(const FigureBody& body, const JointPoses& joints, Vec3 axis_point) {
    double inertia = 0;
    for (const MassSegment& s : body.segments) {
        const Vec3 r = segment_centre(s, joints) - axis_point;
        const double upright = segment_axis(s, joints).z;
        const double along = s.gyration_along * s.length_m, across = s.gyration_across * s.length_m;
        inertia += s.mass_kg * (r.x * r.x + r.y * r.y + along * along * upright * upright +
                                across * across * (1 - upright * upright));
    }
    return inertia;
}

double vertical_momentum(const FigureBody& body, const JointPoses& before, const JointPoses& after,
                         double dt, Vec3 axis_point) {
    double momentum = 0;
    for (const MassSegment& s : body.segments) {
        const Vec3 r0 = segment_centre(s, before) - axis_point;
        const Vec3 r1 = segment_centre(s, after) - axis_point;
        momentum += s.mass_kg * (r0.x * r1.y - r0.y * r1.x) / dt;
        // Spin of the segment about the vertical: how its horizontal axis (or, upright, its frame)
        // turned.
        const auto& q0 = before[static_cast<size_t>(s.from)].rotation;
        const auto& q1 = after[static_cast<size_t>(s.from)].rotation;
        base::Quat d = q1 * q0.conjugate();
        if (d.w < 0) d = {-d.x, -d.y, -d.z, -d.w};
        const double spin = 2 * d.z / dt;
        const double upright = segment_axis(s, before).z;
        const double along = s.gyration_along * s.length_m, across = s.gyration_across * s.length_m;
        momentum += s.mass_kg * spin *
                    (along * along * upright * upright + across * across * (1 - upright * upright));
    }
    return momentum;
}

}  // namespace world
