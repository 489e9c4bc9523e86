#include "render/figure/sculpt.h"

#include <cmath>

namespace render {
namespace {

// |p/r| (|p/r| - 1) / |p/r^2|: first-order distance to an ellipsoid.
float ellipsoid_distance(Vec3f p, Vec3f r) {
    const float k0 = base::length(p / r);
    const float k1 = base::length(p / (r * r));
    if (k1 < 1e-6f) return -std::min(r.x, std::min(r.y, r.z));
    return k0 * (k0 - 1) / k1;
}

TubeKey between(const std::vector<TubeKey>& keys, float t) {
    if (t <= keys.front().t) return keys.front();
    if (t >= keys.back().t) return keys.back();
    size_t i = 0;
    while (keys[i + 1].t < t) ++i;
    const TubeKey &a = keys[i], &b = keys[i + 1];
    const TubeKey& before = keys[i > 0 ? i - 1 : 0];
    const TubeKey& after = keys[std::min(i + 2, keys.size() - 1)];
    const float h = b.t - a.t, u = (t - a.t) / h;
    const auto mix = [&](float TubeKey::*m) {  // Catmull-Rom on uneven knots
        const float d = (b.*m - a.*m) / h;
        const float m0 = i > 0 ? (b.*m - before.*m) / (b.t - before.t) : d;
        const float m1 = i + 2 < keys.size() ? (after.*m - a.*m) / (after.t - a.t) : d;
        const float u2 = u * u, u3 = u2 * u;
        return (2 * u3 - 3 * u2 + 1) * a.*m + (u3 - 2 * u2 + u) * h * m0 +
               (3 * u2 - 2 * u3) * b.*m + (u3 - u2) * h * m1;
    };
    return {t, mix(&TubeKey::cx), mix(&TubeKey::cy), mix(&TubeKey::rx), mix(&TubeKey::ry)};
}

Quatf frame(Vec3f x, Vec3f y, Vec3f z) {
    const Quatf to_z = Quatf::between({0, 0, 1}, z);
    const Vec3f x0 = to_z.rotate({1, 0, 0});
    const float angle = std::atan2(base::dot(base::cross(x0, x), z), base::dot(x0, x));
    (void)y;
    return Quatf::from_axis_angle(z, angle) * to_z;
}

}  // namespace

void Sculpt::ellipsoid(Vec3f centre, Vec3f radii, float k, Quatf turn) {
    Solid s{Kind::Ellipsoid, false, k, centre, radii, 0, 0, turn.conjugate(), centre, 0, {}, 0};
    s.bound = std::max(radii.x, std::max(radii.y, radii.z));
    solids_.push_back(std::move(s));
}

void Sculpt::capsule(Vec3f a, Vec3f b, float ra, float rb, float k) {
    Solid s{Kind::Capsule, false, k, a, b, ra, rb, {}, (a + b) * 0.5f, 0, {}, 0};
    s.bound = base::length(b - a) * 0.5f + std::max(ra, rb);
    solids_.push_back(std::move(s));
}

void Sculpt::tube(Vec3f a, Vec3f b, Vec3f front, std::vector<TubeKey> keys, float k) {
    Solid s{Kind::Tube, false, k, a, b, 0, 0, {}, (a + b) * 0.5f, 0, {}, 0};
    s.length = base::length(b - a);
    const Vec3f z = (b - a) / s.length;
    const Vec3f x = base::normalize(front - z * base::dot(front, z));
    s.turn = frame(x, base::cross(z, x), z).conjugate();
    float widest = 0;
    for (const TubeKey& key : keys)
        widest = std::max(widest, std::max(key.rx + std::abs(key.cx), key.ry + std::abs(key.cy)));
    s.bound = s.length * 0.5f + widest;
    s.keys = std::move(keys);
    solids_.push_back(std::move(s));
}

void Sculpt::carve() { solids_.back().carved = true; }

float Sculpt::distance(const Solid& s, Vec3f p) {
    switch (s.kind) {
        case Kind::Ellipsoid: return ellipsoid_distance(s.turn.rotate(p - s.a), s.b);
        case Kind::Capsule: {
            const Vec3f ab = s.b - s.a;
            const float t = std::clamp(base::dot(p - s.a, ab) / base::dot(ab, ab), 0.f, 1.f);
            return base::length(p - s.a - ab * t) - (s.ra + (s.rb - s.ra) * t);
        }
        case Kind::Tube: {
            const Vec3f q = s.turn.rotate(p - s.a);
            const float t = q.z / s.length;
            const TubeKey key = between(s.keys, t);
            const float over = t < 0 ? q.z : t > 1 ? q.z - s.length : 0.f;
            const float cap = 0.6f * std::min(key.rx, key.ry);
            return ellipsoid_distance({q.x - key.cx, q.y - key.cy, over}, {key.rx, key.ry, cap});
        }
    }
    return 1e9f;
}

float Sculpt::operator()(Vec3f p) const {
    float d = 1e3f;
    for (const Solid& s : solids_) {
        const float away = base::length(p - s.middle) - s.bound;
        if (s.carved) {
            if (-away < d - s.k) continue;  // too far to cut anything here
            d = smooth_max(d, -distance(s, p), s.k);
        } else {
            if (away > d + s.k && away > 0) continue;
            d = smooth_min(d, distance(s, p), s.k);
        }
    }
    return d;
}

}  // namespace render
