#include "studio/director/camera/move.h"

#include <algorithm>
#include <cmath>

#include "base/math/transform.h"

namespace studio {
namespace {

using base::Vec3;
using script::CameraMove;

// Handheld: a walking-pace wander of the direction, sums of incommensurate sines (about 0.4 deg).
Vec3 wander(double t, uint64_t seed) {
    const double p = static_cast<double>(seed % 1000) * 0.017;
    return {0.0045 * std::sin(1.9 * t + p) + 0.0025 * std::sin(4.7 * t + 2 * p), 0.0,
            0.0040 * std::sin(2.3 * t + 3 * p) + 0.0022 * std::sin(5.3 * t + p)};
}

struct MoveState {
    double dolly = 0, orbit = 0, rise = 0, zoom = 1;
    Vec3 pan{};
};

MoveState move_at(CameraMove move, double t01) {
    const double s = ease(t01), h = s - 0.5;
    switch (move) {
        case CameraMove::DollyIn: return {.dolly = 0.38 * s};
        case CameraMove::DollyOut: return {.dolly = 0.38 * (1 - s) - 0.2 * s};
        case CameraMove::PanLeft: return {.pan = {-0.35 * h, 0, 0}};
        case CameraMove::PanRight: return {.pan = {0.35 * h, 0, 0}};
        case CameraMove::TiltUp: return {.pan = {0, 0, 0.28 * h}};
        case CameraMove::TiltDown: return {.pan = {0, 0, -0.28 * h}};
        case CameraMove::Orbit: return {.orbit = 1.1 * h};
        case CameraMove::CraneUp: return {.rise = 0.55 * s};
        case CameraMove::CraneDown: return {.rise = 0.55 * (1 - s)};
        case CameraMove::ZoomIn: return {.zoom = 1 + 0.7 * s};
        case CameraMove::ZoomOut: return {.zoom = 1.7 - 0.7 * s};
        default: return {};
    }
}

}  // namespace

double ease(double t01) {
    const double t = std::clamp(t01, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

View moved(View view, const script::Camera& camera, double distance_m, double t01, double t_s,
           uint64_t seed) {
    const MoveState m = move_at(camera.move, t01);
    const Basis b = basis_of(view.target - view.eye, view.up);
    view.eye += b.forward * (m.dolly * distance_m) + b.up * (m.rise * distance_m);
    if (m.orbit != 0) {
        const base::Quat turn = base::Quat::from_axis_angle({0, 0, 1}, m.orbit);
        view.eye = view.target + turn.rotate(view.eye - view.target);
    }
    view.target += (b.right * m.pan.x + b.up * m.pan.z) * distance_m;
    view.lens_mm *= m.zoom;
    if (camera.handheld || camera.move == CameraMove::Handheld) {
        const Vec3 w = wander(t_s, seed);
        view.target += (b.right * w.x + b.up * w.z) * distance_m * 1.6;
        view.eye += (b.right * w.z + b.up * w.x) * distance_m * 0.6;
    }
    return view;
}

}  // namespace studio
