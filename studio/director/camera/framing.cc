#include "studio/director/camera/framing.h"

#include <algorithm>
#include <cmath>

namespace studio {

using base::Vec3;
using script::Framing;

bool is_close(Framing framing) {
    return framing == Framing::CloseUp || framing == Framing::ExtremeCloseUp;
}

bool is_wide(Framing framing) {
    return framing == Framing::Wide || framing == Framing::ExtremeWide;
}

Vec3 view_direction(Framing framing, const ShotStage& stage) {
    const Vec3 from_set = base::normalize(stage.set.camera_target - stage.set.camera_eye);
    switch (framing) {
        case Framing::Top: return {0, 0.02, -1};
        case Framing::Low: {
            Vec3 d = from_set;
            d.z = 0.12;
            return base::normalize(d);
        }
        default: break;
    }
    Vec3 d = stage.view_direction ? *stage.view_direction : from_set;
    // Neither flat nor from the roof: 8 to 30 degrees down reads best.
    const double flat = std::hypot(d.x, d.y);
    const double slope = std::clamp(-d.z / std::max(1e-6, flat), 0.10, 0.62);
    d = {d.x / flat, d.y / flat, -slope};
    return base::normalize(d);
}

double framing_margin(Framing framing) {
    switch (framing) {
        case Framing::ExtremeWide: return 3.2;
        case Framing::Wide: return 1.9;
        case Framing::Medium: return 1.15;
        case Framing::CloseUp: return 1.12;
        case Framing::ExtremeCloseUp: return 0.75;
        default: return 1.17;
    }
}

double framing_lens_mm(Framing framing) {
    switch (framing) {
        case Framing::ExtremeWide: return 21;
        case Framing::Wide: return 27;
        case Framing::CloseUp: return 60;
        case Framing::ExtremeCloseUp: return 85;
        default: return 38;
    }
}

// f-number by framing: close views have a shallow field, wide ones are sharp.
double framing_aperture(const script::Camera& camera) {
    if (camera.depth_of_field_f) return *camera.depth_of_field_f;
    switch (camera.framing) {
        case Framing::CloseUp: return 5.6;
        case Framing::ExtremeCloseUp: return 4.0;
        default: return 0;
    }
}

bool is_free(const script::Camera& camera) {
    return camera.framing == Framing::Auto && camera.move == script::CameraMove::Static &&
           !camera.handheld;
}

}  // namespace studio
