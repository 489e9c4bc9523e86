#include "studio/neural/control_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace studio {
namespace {

uint8_t byte_of(double value) {
    return static_cast<uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
}

// 1 / depth: along a line of pixels it is straight wherever the surface is plane.
float nearness(const render::Passes& passes, int x, int y) {
    const float depth = *passes.depth_m.at(x, y);
    return std::isfinite(depth) && depth > 0 ? 1 / depth : 0;
}

base::Image8 depth_picture(const render::Passes& passes, float near_m) {
    base::Image8 out(passes.depth_m.width_px, passes.depth_m.height_px, 3);
    for (int y = 0; y < out.height_px; ++y) {
        for (int x = 0; x < out.width_px; ++x)
            std::fill_n(out.at(x, y), 3, byte_of(near_m * nearness(passes, x, y)));
    }
    return out;
}

base::Image8 normal_picture(const render::Passes& passes) {
    base::Image8 out(passes.normal.width_px, passes.normal.height_px, 3);
    const std::array<base::Vec3, 3> axes = {passes.right, passes.up, passes.forward * -1.0};
    for (int y = 0; y < out.height_px; ++y) {
        for (int x = 0; x < out.width_px; ++x) {
            const float* n = passes.normal.at(x, y);
            base::Vec3 normal{n[0], n[1], n[2]};
            // The sky faces the camera.
            if (length_squared(normal) < 1e-12) normal = axes[2];
            for (int k = 0; k < 3; ++k)
                out.at(x, y)[k] = byte_of((dot(normal, axes[static_cast<size_t>(k)]) + 1) / 2);
        }
    }
    return out;
}

// Is there an edge between two neighbours? `step` leads from the first to the second.
bool breaks_off(const render::Passes& passes, int x, int y, int step_x, int step_y) {
    const int x2 = x + step_x, y2 = y + step_y;
    if (*passes.body_id.at(x, y) != *passes.body_id.at(x2, y2)) return true;
    const float a = nearness(passes, x, y), b = nearness(passes, x2, y2);
    if (a == 0 && b == 0) return false;
    // A jump is more than the surfaces on both sides slope.
    const auto inside = [&](int px, int py) {
        return px >= 0 && py >= 0 && px < passes.depth_m.width_px && py < passes.depth_m.height_px;
    };
    float slope = 0;
    if (inside(x - step_x, y - step_y))
        slope += std::abs(a - nearness(passes, x - step_x, y - step_y));
    if (inside(x2 + step_x, y2 + step_y))
        slope += std::abs(b - nearness(passes, x2 + step_x, y2 + step_y));
    if (std::abs(a - b) > 2 * slope + 0.03f * std::max(a, b)) return true;
    const float *n = passes.normal.at(x, y), *m = passes.normal.at(x2, y2);
    return n[0] * m[0] + n[1] * m[1] + n[2] * m[2] < 0.8f;  // 37 degrees
}

base::Image8 edge_picture(const render::Passes& passes) {
    base::Image8 out(passes.depth_m.width_px, passes.depth_m.height_px, 3);
    for (int y = 0; y < out.height_px; ++y) {
        for (int x = 0; x < out.width_px; ++x) {
            const bool edge = (x + 1 < out.width_px && breaks_off(passes, x, y, 1, 0)) ||
                              (y + 1 < out.height_px && breaks_off(passes, x, y, 0, 1));
            std::fill_n(out.at(x, y), 3, uint8_t{edge ? uint8_t{255} : uint8_t{0}});
        }
    }
    return out;
}

}  // namespace

float near_of(const render::Passes& passes) {
    std::vector<float> depths;
    for (const float depth : passes.depth_m.data) {
        if (std::isfinite(depth) && depth > 0) depths.push_back(depth);
    }
    if (depths.empty()) return 1;
    const auto nth = depths.begin() + static_cast<long>(depths.size() / 100);
    std::nth_element(depths.begin(), nth, depths.end());
    return *nth;
}

base::Image8 control_picture(const render::Passes& passes, ControlPass pass, float near_m) {
    switch (pass) {
        case ControlPass::Depth: return depth_picture(passes, near_m);
        case ControlPass::Normal: return normal_picture(passes);
        case ControlPass::Edges: return edge_picture(passes);
    }
    return {};
}

}  // namespace studio
