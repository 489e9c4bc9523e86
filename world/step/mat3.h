// 3 x 3 matrix of doubles, by rows; inertia tensors and rotations of the solver.
#pragma once

#include "base/math/transform.h"

namespace world::step {

using base::Quat;
using base::Vec3;

struct Mat3 {
    Vec3 row[3]{};

    static Mat3 identity() { return {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}; }
    static Mat3 diagonal(Vec3 d) { return {{{d.x, 0, 0}, {0, d.y, 0}, {0, 0, d.z}}}; }
    static Mat3 outer(Vec3 a, Vec3 b) { return {{b * a.x, b * a.y, b * a.z}}; }
    // cross(v, x) = skew(v) * x
    static Mat3 skew(Vec3 v) { return {{{0, -v.z, v.y}, {v.z, 0, -v.x}, {-v.y, v.x, 0}}}; }
    static Mat3 rotation(Quat q) {
        const double xx = q.x * q.x, yy = q.y * q.y, zz = q.z * q.z;
        const double xy = q.x * q.y, xz = q.x * q.z, yz = q.y * q.z;
        const double wx = q.w * q.x, wy = q.w * q.y, wz = q.w * q.z;
        return {{{1 - 2 * (yy + zz), 2 * (xy - wz), 2 * (xz + wy)},
                 {2 * (xy + wz), 1 - 2 * (xx + zz), 2 * (yz - wx)},
                 {2 * (xz - wy), 2 * (yz + wx), 1 - 2 * (xx + yy)}}};
    }

    Vec3 operator*(Vec3 v) const { return {dot(row[0], v), dot(row[1], v), dot(row[2], v)}; }
    // transpose(*this) * v
    Vec3 transposed_times(Vec3 v) const { return row[0] * v.x + row[1] * v.y + row[2] * v.z; }
    Vec3 column(int i) const { return {row[0][i], row[1][i], row[2][i]}; }
    Mat3 transposed() const { return {{column(0), column(1), column(2)}}; }

    friend Mat3 operator*(const Mat3& a, const Mat3& b) {
        Mat3 out;
        for (int i = 0; i < 3; ++i) {
            out.row[i] = b.row[0] * a.row[i].x + b.row[1] * a.row[i].y + b.row[2] * a.row[i].z;
        }
        return out;
    }
    friend Mat3 operator+(const Mat3& a, const Mat3& b) {
        return {{a.row[0] + b.row[0], a.row[1] + b.row[1], a.row[2] + b.row[2]}};
    }
    friend Mat3 operator-(const Mat3& a, const Mat3& b) {
        return {{a.row[0] - b.row[0], a.row[1] - b.row[1], a.row[2] - b.row[2]}};
    }
    friend Mat3 operator*(const Mat3& a, double s) {
        return {{a.row[0] * s, a.row[1] * s, a.row[2] * s}};
    }

    double determinant() const { return dot(row[0], cross(row[1], row[2])); }
    // Zero matrix when singular: "cannot be turned".
    Mat3 inverse() const {
        const double d = determinant();
        if (d == 0) return {};
        const Vec3 a = cross(row[1], row[2]) / d;
        const Vec3 b = cross(row[2], row[0]) / d;
        const Vec3 c = cross(row[0], row[1]) / d;
        return Mat3{{a, b, c}}.transposed();
    }
};

// Inertia of a point-like offset: mass * (|r|^2 1 - r r^T), the parallel axis term.
inline Mat3 parallel_axis(double mass, Vec3 r) {
    return (Mat3::diagonal({1, 1, 1}) * dot(r, r) - Mat3::outer(r, r)) * mass;
}

// Rotates q by the angle |w dt| about w: exact for a constant angular velocity.
inline Quat integrate_rotation(Quat q, Vec3 w, double dt) {
    const double speed = length(w);
    if (speed * dt < 1e-14) return q;
    return (Quat::from_axis_angle(w / speed, speed * dt) * q).normalized();
}

}  // namespace world::step
