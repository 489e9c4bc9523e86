// Soft clay: a signed distance field of blended solids, to be turned into a mesh once.
//
// Distances are metres, negative inside; ellipsoids and tubes are bounds that are exact on the
// surface and close to it near by (first order), which is what meshing and projection need.
#pragma once

#include <vector>

#include "base/math/transform.h"

namespace render {

using base::Quatf;
using base::Vec3f;

// Cross-section of a tube at t in [0, 1] along its axis: centre offset and radii across.
struct TubeKey {
    float t;
    float cx, cy;  // along the tube's front and side
    float rx, ry;
};

// Smooth minimum with a fillet about `k` wide (polynomial, C1).
inline float smooth_min(float a, float b, float k) {
    if (k <= 0) return std::min(a, b);
    const float h = std::max(k - std::abs(a - b), 0.f) / k;
    return std::min(a, b) - h * h * k * 0.25f;
}
inline float smooth_max(float a, float b, float k) { return -smooth_min(-a, -b, k); }
inline float smooth_step(float low, float high, float x) {
    const float u = std::clamp((x - low) / (high - low), 0.f, 1.f);
    return u * u * (3 - 2 * u);
}

class Sculpt {
public:
    void ellipsoid(Vec3f centre, Vec3f radii, float k, Quatf turn = {});
    void capsule(Vec3f a, Vec3f b, float ra, float rb, float k);
    // Along a -> b; `front` fixes the x of the cross-sections, y = (b - a) x front.
    void tube(Vec3f a, Vec3f b, Vec3f front, std::vector<TubeKey> keys, float k);
    // The last solid is carved out instead of added.
    void carve();

    float operator()(Vec3f p) const;

private:
    enum class Kind { Ellipsoid, Capsule, Tube };
    struct Solid {
        Kind kind;
        bool carved = false;
        float k;
        Vec3f a, b;  // ellipsoid: centre, radii
        float ra = 0, rb = 0;
        Quatf turn;    // world -> local
        Vec3f middle;  // bounding sphere
        float bound = 0;
        std::vector<TubeKey> keys;
        float length = 0;
    };
    static float distance(const Solid& s, Vec3f p);
    std::vector<Solid> solids_;
};

}  // namespace render
