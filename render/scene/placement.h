// A rigid placement as a matrix: cheaper per point than a quaternion.
#pragma once

#include "base/math/transform.h"

namespace render {

using base::Vec2f;
using base::Vec3f;

struct Placement {
    Vec3f x{1, 0, 0}, y{0, 1, 0}, z{0, 0, 1};  // images of the axes, orthonormal
    Vec3f t{};

    Placement() = default;
    template <typename T>
    explicit Placement(const base::TransformT<T>& pose)
        : x(pose.rotation.rotate({1, 0, 0}).template cast<float>()),
          y(pose.rotation.rotate({0, 1, 0}).template cast<float>()),
          z(pose.rotation.rotate({0, 0, 1}).template cast<float>()),
          t(pose.translation.template cast<float>()) {}

    Vec3f vector(Vec3f v) const { return x * v.x + y * v.y + z * v.z; }
    Vec3f point(Vec3f p) const { return vector(p) + t; }
    Vec3f inverse_vector(Vec3f v) const { return {dot(x, v), dot(y, v), dot(z, v)}; }
    Vec3f inverse_point(Vec3f p) const { return inverse_vector(p - t); }
    friend bool operator==(const Placement&, const Placement&) = default;
};

}  // namespace render
