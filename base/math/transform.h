// Rotation and rigid placement. Quat is (x, y, z, w), unit length unless said.
#pragma once

#include <limits>

#include "base/math/vec.h"

namespace base {

template <typename T>
struct QuatT {
    T x{0}, y{0}, z{0}, w{1};

    static QuatT from_axis_angle(Vec3T<T> unit_axis, T radians) {
        const T s = std::sin(radians / 2);
        return {unit_axis.x * s, unit_axis.y * s, unit_axis.z * s, std::cos(radians / 2)};
    }
    // The shortest rotation that takes unit vector `from` to unit vector `to`.
    static QuatT between(Vec3T<T> from, Vec3T<T> to) {
        const T d = dot(from, to);
        if (d < T(-0.999999)) return from_axis_angle(any_perpendicular(from), T(kPi));
        const Vec3T<T> c = cross(from, to);
        return QuatT{c.x, c.y, c.z, 1 + d}.normalized();
    }
    QuatT normalized() const {
        const T l = std::sqrt(x * x + y * y + z * z + w * w);
        return l > 0 ? QuatT{x / l, y / l, z / l, w / l} : QuatT{};
    }
    QuatT conjugate() const { return {-x, -y, -z, w}; }
    friend QuatT operator*(QuatT a, QuatT b) {
        return {a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
                a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
                a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
                a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z};
    }
    Vec3T<T> rotate(Vec3T<T> v) const {
        const Vec3T<T> u{x, y, z};
        const Vec3T<T> t = cross(u, v) * T(2);
        return v + t * w + cross(u, t);
    }
    template <typename U>
    QuatT<U> cast() const {
        return {static_cast<U>(x), static_cast<U>(y), static_cast<U>(z), static_cast<U>(w)};
    }
    friend bool operator==(const QuatT&, const QuatT&) = default;
};

// Spherical interpolation along the shorter arc, t in [0, 1].
template <typename T>
QuatT<T> slerp(QuatT<T> a, QuatT<T> b, T t) {
    T d = a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;
    if (d < 0) {
        b = {-b.x, -b.y, -b.z, -b.w};
        d = -d;
    }
    T wa = 1 - t, wb = t;
    if (d < T(0.9995)) {
        const T angle = std::acos(d);
        wa = std::sin(wa * angle) / std::sin(angle);
        wb = std::sin(wb * angle) / std::sin(angle);
    }
    return QuatT<T>{a.x * wa + b.x * wb, a.y * wa + b.y * wb, a.z * wa + b.z * wb,
                    a.w * wa + b.w * wb}
        .normalized();
}

// point_outer = rotation.rotate(point_inner) + translation
template <typename T>
struct TransformT {
    Vec3T<T> translation{};
    QuatT<T> rotation{};

    Vec3T<T> apply(Vec3T<T> point) const { return rotation.rotate(point) + translation; }
    Vec3T<T> apply_vector(Vec3T<T> v) const { return rotation.rotate(v); }
    Vec3T<T> apply_inverse(Vec3T<T> point) const {
        return rotation.conjugate().rotate(point - translation);
    }
    TransformT inverse() const {
        const QuatT<T> r = rotation.conjugate();
        return {r.rotate(-translation), r};
    }
    friend TransformT operator*(const TransformT& outer, const TransformT& inner) {
        return {outer.apply(inner.translation), outer.rotation * inner.rotation};
    }
    friend bool operator==(const TransformT&, const TransformT&) = default;
};

template <typename T>
struct BoundsT {
    Vec3T<T> low{std::numeric_limits<T>::max(), std::numeric_limits<T>::max(),
                 std::numeric_limits<T>::max()};
    Vec3T<T> high{std::numeric_limits<T>::lowest(), std::numeric_limits<T>::lowest(),
                  std::numeric_limits<T>::lowest()};

    bool empty() const { return low.x > high.x; }
    void add(Vec3T<T> point) {
        low = min(low, point);
        high = max(high, point);
    }
    void add(const BoundsT& other) {
        low = min(low, other.low);
        high = max(high, other.high);
    }
    Vec3T<T> size() const { return empty() ? Vec3T<T>{} : high - low; }
    Vec3T<T> centre() const { return (low + high) * T(0.5); }
};

using Quat = QuatT<double>;
using Quatf = QuatT<float>;
using Transform = TransformT<double>;
using Transformf = TransformT<float>;
using Bounds = BoundsT<double>;
using Boundsf = BoundsT<float>;

}  // namespace base
