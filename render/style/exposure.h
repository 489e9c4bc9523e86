// How bright the picture is made.
#pragma once

#include <optional>
#include <vector>

#include "render/render.h"
#include "render/scene/placement.h"

namespace render {

class Exposure {
public:
    Exposure(Style style, std::optional<double> manual_ev) : style_(style), manual_ev_(manual_ev) {}

    // Scale that takes scene luminance (cd/m2) to picture light, middle grey = 0.18.
    float value() const { return value_; }
    // Sets it at once, from any sample of the scene.
    void set(const std::vector<Vec3f>& light);
    // Follows the scene with a time constant of 1.2 s; changes below 4 % are not followed at all,
    // so nothing pumps.
    void follow(const std::vector<Vec3f>& light, double seconds);

private:
    float wanted(const std::vector<Vec3f>& light) const;
    Style style_;
    std::optional<double> manual_ev_;
    float value_ = 1;
    bool adapting_ = false;
};

}  // namespace render
