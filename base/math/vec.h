// Small vectors. World axes: right-handed, z up, metres. Vec3 is double (physics), Vec3f is float
// (meshes, light). Plain aggregates, no padding.
#pragma once

#include <algorithm>
#include <cmath>

namespace base {

constexpr double kPi = 3.14159265358979323846;

template <typename T>
struct Vec2T {
    T x{}, y{};
    friend constexpr Vec2T operator+(Vec2T a, Vec2T b) { return {a.x + b.x, a.y + b.y}; }
    friend constexpr Vec2T operator-(Vec2T a, Vec2T b) { return {a.x - b.x, a.y - b.y}; }
    friend constexpr Vec2T operator*(Vec2T a, T s) { return {a.x * s, a.y * s}; }
    friend constexpr bool operator==(const Vec2T&, const Vec2T&) = default;
};

template <typename T>
struct Vec3T {
    T x{}, y{}, z{};

    constexpr T& operator[](int axis) { return axis == 0 ? x : axis == 1 ? y : z; }
    constexpr T operator[](int axis) const { return axis == 0 ? x : axis == 1 ? y : z; }
    friend constexpr Vec3T operator+(Vec3T a, Vec3T b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend constexpr Vec3T operator-(Vec3T a, Vec3T b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
    friend constexpr Vec3T operator-(Vec3T a) { return {-a.x, -a.y, -a.z}; }
    friend constexpr Vec3T operator*(Vec3T a, T s) { return {a.x * s, a.y * s, a.z * s}; }
    friend constexpr Vec3T operator*(T s, Vec3T a) { return a * s; }
    friend constexpr Vec3T operator*(Vec3T a, Vec3T b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
    friend constexpr Vec3T operator/(Vec3T a, T s) { return {a.x / s, a.y / s, a.z / s}; }
    friend constexpr Vec3T operator/(Vec3T a, Vec3T b) { return {a.x / b.x, a.y / b.y, a.z / b.z}; }
    constexpr Vec3T& operator+=(Vec3T b) { return *this = *this + b; }
    constexpr Vec3T& operator-=(Vec3T b) { return *this = *this - b; }
    constexpr Vec3T& operator*=(T s) { return *this = *this * s; }
    constexpr Vec3T& operator*=(Vec3T b) { return *this = *this * b; }
    friend constexpr bool operator==(const Vec3T&, const Vec3T&) = default;

    template <typename U>
    constexpr Vec3T<U> cast() const {
        return {static_cast<U>(x), static_cast<U>(y), static_cast<U>(z)};
    }
};

using Vec2 = Vec2T<double>;
using Vec2f = Vec2T<float>;
using Vec3 = Vec3T<double>;
using Vec3f = Vec3T<float>;

template <typename T>
constexpr T dot(Vec3T<T> a, Vec3T<T> b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
template <typename T>
constexpr Vec3T<T> cross(Vec3T<T> a, Vec3T<T> b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
template <typename T>
constexpr T length_squared(Vec3T<T> a) {
    return dot(a, a);
}
template <typename T>
T length(Vec3T<T> a) {
    return std::sqrt(dot(a, a));
}
// The zero vector stays zero.
template <typename T>
Vec3T<T> normalize(Vec3T<T> a) {
    const T l = length(a);
    return l > T(0) ? a / l : a;
}
template <typename T>
constexpr Vec3T<T> min(Vec3T<T> a, Vec3T<T> b) {
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::min(a.z, b.z)};
}
template <typename T>
constexpr Vec3T<T> max(Vec3T<T> a, Vec3T<T> b) {
    return {std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)};
}
template <typename T, typename S>
constexpr T lerp(T a, T b, S t) {
    return a + (b - a) * t;
}
// Some unit vector perpendicular to the unit vector `n`.
template <typename T>
Vec3T<T> any_perpendicular(Vec3T<T> n) {
    const Vec3T<T> helper = std::abs(n.x) < T(0.9) ? Vec3T<T>{1, 0, 0} : Vec3T<T>{0, 1, 0};
    return normalize(cross(n, helper));
}

}  // namespace base
