#include "studio/director/weather.h"

#include <cmath>

#include "base/core/random.h"

namespace studio {
namespace {

using base::Vec3;

constexpr int kDrops = 900;
constexpr double kHalfWidth_m = 6, kHeight_m = 7;

double wrap(double x, double size) { return x - size * std::floor(x / size); }

}  // namespace

// Each particle falls forever in a box that wraps around a point in front of the camera.
// Terminal speeds: rain drop of 2 mm 6.5 m/s (Gunn and Kinzer 1949), flake about 1 m/s.
void add_weather(const script::Place& place, double world_t_s, uint64_t seed,
                 const render::Camera& camera, world::Snapshot& snapshot) {
    const bool rain = place.weather == script::Weather::Rain,
               snow = place.weather == script::Weather::Snow;
    if (!rain && !snow) return;
    const Vec3 ahead =
        camera.eye + base::normalize(camera.target - camera.eye) * (0.7 * kHalfWidth_m);
    const double fall = rain ? 6.5 : 1.0;
    const Vec3 drift = rain ? Vec3{0.6, 0, 0} : Vec3{0.25, 0.1, 0};
    base::Rng rng(seed, 77);
    for (int i = 0; i < kDrops; ++i) {
        const Vec3 home{rng.uniform(0, 2 * kHalfWidth_m), rng.uniform(0, 2 * kHalfWidth_m),
                        rng.uniform(0, kHeight_m)};
        const double phase = rng.uniform(0, 6.28), speed = fall * rng.uniform(0.85, 1.15);
        Vec3 p = home + drift * world_t_s + Vec3{0, 0, -speed * world_t_s};
        if (snow)
            p += Vec3{0.15 * std::sin(1.7 * world_t_s + phase),
                      0.15 * std::cos(1.3 * world_t_s + phase), 0};
        const Vec3 low = ahead - Vec3{kHalfWidth_m, kHalfWidth_m, 0};
        const Vec3 at{low.x + wrap(p.x - low.x, 2 * kHalfWidth_m),
                      low.y + wrap(p.y - low.y, 2 * kHalfWidth_m), wrap(p.z, kHeight_m)};
        world::Particle particle;
        particle.position = at.cast<float>();
        particle.velocity = (drift + Vec3{0, 0, -speed}).cast<float>();
        particle.radius_m = rain ? 0.0012f : 0.005f;
        particle.opacity = rain ? 0.5f : 0.9f;
        particle.kind = rain ? world::ParticleKind::Rain : world::ParticleKind::Snow;
        snapshot.particles.push_back(particle);
    }
}

}  // namespace studio
