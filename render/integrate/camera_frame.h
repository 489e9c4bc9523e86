// A Camera ready for rays: axes and tangents. Pixel (0,0) is the top left corner of the picture;
// pixel centres lie at +0.5.
#pragma once

#include "render/render.h"
#include "render/scene/placement.h"

namespace render {

struct CameraFrame {
    Vec3f eye, right, up, forward;
    float tan_x = 1, tan_y = 1;  // half widths of the picture at distance 1
    int width_px = 0, height_px = 0;

    CameraFrame() = default;
    CameraFrame(const Camera& camera, int width, int height) : width_px(width), height_px(height) {
        const base::Vec3 ahead = normalize(camera.target - camera.eye);
        base::Vec3 side = cross(ahead, camera.up);
        if (length_squared(side) < 1e-12) side = base::any_perpendicular(ahead);
        side = normalize(side);
        eye = camera.eye.cast<float>();
        forward = ahead.cast<float>();
        right = side.cast<float>();
        up = cross(side, ahead).cast<float>();
        // 36 mm wide film; a portrait picture keeps the same angle for its longer side.
        const auto across = static_cast<float>(18.0 / camera.lens_mm);
        const float aspect = static_cast<float>(width) / static_cast<float>(height);
        tan_x = aspect >= 1 ? across : across * aspect;
        tan_y = tan_x / aspect;
    }
    Vec3f direction(float x, float y) const {
        const float sx = (2 * x / static_cast<float>(width_px) - 1) * tan_x;
        const float sy = (1 - 2 * y / static_cast<float>(height_px)) * tan_y;
        return normalize(forward + right * sx + up * sy);
    }
    // False when the point is behind the eye.
    bool project(Vec3f p, float& x, float& y) const {
        const Vec3f d = p - eye;
        const float z = dot(d, forward);
        if (z < 1e-4f) return false;
        x = (dot(d, right) / (z * tan_x) + 1) * 0.5f * static_cast<float>(width_px);
        y = (1 - dot(d, up) / (z * tan_y)) * 0.5f * static_cast<float>(height_px);
        return true;
    }
    float pixel_angle() const { return 2 * tan_x / static_cast<float>(width_px); }
    friend bool operator==(const CameraFrame&, const CameraFrame&) = default;
};

}  // namespace render
