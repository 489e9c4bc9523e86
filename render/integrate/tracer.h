// Light along one camera ray, split into what the denoiser wants apart.
//
// A sample follows the ray through clear glass and perfect mirrors to the first surface that
// scatters ("primary surface replacement"), always along the stronger branch; the weaker branch at
// the first faces is traced as a path. There: direct light by resampling (one point on every light
// weighed unshadowed, one chosen, one shadow ray: Talbot, Cline, Egbert 2005), indirect light by
// one short cosine ray into the scene that ends at a near surface or reads the probe grid, and
// glossy reflection by a ray around the mirror direction.
#pragma once

#include <span>

#include "render/integrate/camera_frame.h"
#include "render/integrate/light_kernel.h"
#include "render/integrate/lobes.h"
#include "render/integrate/sampler.h"
#include "render/light/lights.h"
#include "render/light/probe_grid.h"
#include "render/scene/stage_geometry.h"

namespace render {

struct PixelTask {
    int x = 0, y = 0;
    uint32_t sample = 0;  // counts all samples this pixel ever got
    // Only see what is there; its light is known from frames before. Mirrors and glass are shaded
    // all the same.
    bool glance = false;
};

// radiance = emitted + albedo * diffuse + specular. Guides are of the surface that scatters.
struct PixelSample {
    Vec3f emitted, diffuse, albedo, specular;
    Vec3f normal;
    float depth = 0;     // view-axis distance of the (virtual) point; 0 = sky
    float distance = 0;  // along the ray, for air
    float roughness = 1;
    Vec2f before;         // pixel position a frame ago of this point
    Vec2f sweep;          // pixels it moves while the shutter is open
    int id = -1;          // instance and part at the end of the path
    bool moving = false;  // something that moves is seen, shadows or reflects here
    bool shaded = true;   // false: diffuse and specular are unknown (a glance)
    bool plate = false;   // the plate itself: albedo * diffuse is the picture times its shading
};

struct TracerOptions {
    float gather_m = 1;  // reach of the indirect ray
    int path_depth = 5;  // faces along a reflected or refracted path
    float indirect = 1;  // 1 = true; noir keeps its shadows deep with less
    uint64_t seed = 1;
};

class Tracer {
public:
    Tracer(const StageGeometry& geometry, const LightSet& lights, const Sky* sky, Vec3f void_light,
           float sky_scale, const TracerOptions& options);

    void set_probes(const ProbeGrid* probes) { probes_ = probes; }
    // `luminance` bounds what one sample may carry (fireflies); `emission` turns relative glow
    // into cd/m2.
    void set_frame(double time_s, float luminance, float emission) {
        time_s_ = static_cast<float>(time_s);
        limit_ = luminance;
        emission_scale_ = emission;
    }
    const StageGeometry& geometry() const { return geometry_; }
    float emission_scale() const { return emission_scale_; }

    // At most RayPacket::kSize tasks. `close` is the camera when the shutter closes.
    // `watch_shadows`: `moving` also tells of shadows of moving things.
    void sample(const CameraFrame& now, const CameraFrame& before, const CameraFrame& close,
                std::span<const PixelTask> tasks, PixelSample* out,
                bool watch_shadows = false) const;

    // Light from directions where nothing is.
    Vec3f background(Vec3f direction) const;
    // Reflected radiance of a white lambertian surface from lamps and sun, shadowed.
    Vec3f direct_diffuse(Vec3f p, Vec3f n, Vec2f u, float pick) const;

private:
    struct Lane;
    struct Pick {
        Vec3f direction;
        float distance = 0;
        Vec3f diffuse, specular;  // unshadowed, resampling weight applied
        bool any = false;
    };
    struct Path {
        Vec3f light;
        float first_distance = 1e5f;
        bool moving = false;
    };

    Vec3f seen_background(Vec3f origin, Vec3f direction) const;
    Vec3f lamp_light(const SurfaceHit& hit) const;
    Pick pick_light(Vec3f p, Vec3f n, Vec3f v, const Lobes* lobes, bool lobe_sees_lamps, Vec2f u,
                    float pick) const;
    Vec3f transmittance(Vec3f p, Vec3f direction, float distance, bool* moving) const;
    Vec3f shadowed(Vec3f p, const Pick& pick, bool* moving) const;
    Path trace(Vec3f origin, Vec3f direction, const Sampler& sampler, uint32_t dimension,
               float footprint_m, float cone, bool lamps_seen, Vec3f absorption, int depth) const;
    // Light that a near surface sends back to where a gather ray began.
    Vec3f returned_light(const SurfaceHit& hit, const Sampler& sampler) const;
    Vec3f plain_light(const SurfaceHit& hit, const Surface& s, Vec3f direction,
                      const Sampler& sampler, uint32_t dimension, bool* moving) const;
    void follow(Lane& lane, const CameraFrame& now, const Sampler& sampler, PixelSample& out) const;
    Vec3f limited(Vec3f light) const;

    const StageGeometry& geometry_;
    const LightSet& lights_;
    const Sky* sky_;
    Vec3f void_light_;
    float sky_scale_;
    TracerOptions options_;
    LightTable table_;
    std::vector<int> round_lights_;    // indices of spheres and distant lights
    std::vector<int> slatted_lights_;  // of those behind blinds
    const Plate* plate_;
    const ProbeGrid* probes_ = nullptr;
    float time_s_ = 0, limit_ = 1e9f, emission_scale_ = 300;
};

// A point just off the surface on the side of `normal`.
inline Vec3f off_surface(Vec3f p, Vec3f normal) {
    const float size = std::max({std::abs(p.x), std::abs(p.y), std::abs(p.z), 1.f});
    return p + normal * (size * 1e-4f);
}

}  // namespace render
