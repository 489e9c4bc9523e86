#include "render/style/particles.h"

#include "render/scene/threads.h"

namespace render {
namespace {

struct Spot {
    float depth, x0, y0, x1, y1;  // pixels, both ends of the streak
    float radius;                 // pixels
    float soft_m;                 // fades where a surface is so near behind it
    float opacity, glint;
    Vec3f colour;
    bool volume;  // smoke, dust: gaussian; else: disc
};

Vec3f tint_of(world::ParticleKind kind) {
    switch (kind) {
        case world::ParticleKind::Droplet: return {1.15f, 1.2f, 1.25f};
        case world::ParticleKind::Dust: return {0.72f, 0.65f, 0.56f};
        case world::ParticleKind::Snow: return {1.5f, 1.55f, 1.6f};
        case world::ParticleKind::Rain: return {1.15f, 1.2f, 1.3f};
        case world::ParticleKind::Smoke: return {0.62f, 0.62f, 0.64f};
        case world::ParticleKind::Spark: return {1.f, 0.62f, 0.25f};
    }
    return {1, 1, 1};
}

}  // namespace

void draw_particles(std::vector<Vec3f>& light, const CameraFrame& camera,
                    const std::vector<world::Particle>& particles, const ParticleLight& look,
                    const std::function<float(int x, int y)>& depth_m, const Threads& threads) {
    using world::ParticleKind;
    const int w = camera.width_px, h = camera.height_px;
    std::vector<Spot> spots;
    spots.reserve(particles.size());
    for (const world::Particle& particle : particles) {
        Spot s{};
        const Vec3f half = particle.velocity * (0.5f * look.open_s);
        if (!camera.project(particle.position - half, s.x0, s.y0) ||
            !camera.project(particle.position + half, s.x1, s.y1))
            continue;
        s.depth = dot(particle.position - camera.eye, camera.forward);
        if (s.depth < 0.05f) continue;
        s.volume = particle.kind == ParticleKind::Dust || particle.kind == ParticleKind::Smoke;
        const float true_radius = particle.radius_m / (s.depth * camera.pixel_angle());
        // Things smaller than a pixel stay a pixel wide and fade instead of flickering.
        s.radius = std::max(true_radius, 0.7f);
        const float shrink = true_radius / s.radius;
        const float run = std::hypot(s.x1 - s.x0, s.y1 - s.y0);
        const float smear = s.volume ? 1.f : 2 * s.radius / (2 * s.radius + run);
        s.opacity = particle.opacity * shrink * shrink;
        if (particle.kind == ParticleKind::Rain) s.opacity *= 0.35f;
        if (particle.kind == ParticleKind::Droplet) s.opacity *= 0.75f;
        s.opacity = std::min(1.f, s.opacity * std::max(smear, 0.04f));
        s.soft_m = s.volume ? std::max(0.02f, 2 * particle.radius_m) : 0.f;
        s.glint = particle.kind == ParticleKind::Droplet && true_radius > 1.2f ? 1.f : 0.f;
        s.colour = particle.kind == ParticleKind::Spark
                       ? tint_of(particle.kind) * look.spark
                       : tint_of(particle.kind) * look.ambient(particle.position);
        const float reach = s.radius * (s.volume ? 2.f : 1.2f) + 1;
        if (std::max(s.x0, s.x1) + reach < 0 ||
            std::min(s.x0, s.x1) - reach > static_cast<float>(w))
            continue;
        if (std::max(s.y0, s.y1) + reach < 0 ||
            std::min(s.y0, s.y1) - reach > static_cast<float>(h))
            continue;
        spots.push_back(s);
    }
    std::stable_sort(spots.begin(), spots.end(),
                     [](const Spot& a, const Spot& b) { return a.depth > b.depth; });
    constexpr int kBand = 16;
    threads.for_each((h + kBand - 1) / kBand, [&](int band) {
        const int top = band * kBand, bottom = std::min(h, top + kBand);
        for (const Spot& s : spots) {
            const float reach = s.radius * (s.volume ? 2.f : 1.2f) + 1;
            const int y0 =
                std::max(top, static_cast<int>(std::floor(std::min(s.y0, s.y1) - reach)));
            const int y1 =
                std::min(bottom, static_cast<int>(std::ceil(std::max(s.y0, s.y1) + reach)) + 1);
            const int x0 = std::max(0, static_cast<int>(std::floor(std::min(s.x0, s.x1) - reach)));
            const int x1 =
                std::min(w, static_cast<int>(std::ceil(std::max(s.x0, s.x1) + reach)) + 1);
            const float dx = s.x1 - s.x0, dy = s.y1 - s.y0, run2 = dx * dx + dy * dy;
            for (int y = y0; y < y1; ++y) {
                for (int x = x0; x < x1; ++x) {
                    const float z = depth_m(x, y);
                    if (z > 0 && z < s.depth) continue;
                    const float px = static_cast<float>(x) + 0.5f - s.x0,
                                py = static_cast<float>(y) + 0.5f - s.y0;
                    const float t =
                        run2 > 0 ? std::clamp((px * dx + py * dy) / run2, 0.f, 1.f) : 0.f;
                    const float d = std::hypot(px - t * dx, py - t * dy) / s.radius;
                    float alpha = s.volume ? std::exp(-2.2f * d * d)
                                           : std::clamp((1.1f - d) * s.radius + 0.5f, 0.f, 1.f);
                    alpha *= s.opacity;
                    if (s.soft_m > 0 && z > 0)
                        alpha *= std::clamp((z - s.depth) / s.soft_m, 0.f, 1.f);
                    if (alpha < 0.002f) continue;
                    Vec3f colour = s.colour;
                    if (s.glint > 0) {
                        // A drop shows the world upside down: bright below, dark rim, one
                        // highlight.
                        const float up = py / s.radius;
                        colour = colour * (0.55f + 0.5f * std::clamp(up, -1.f, 1.f));
                        if (std::hypot(px / s.radius + 0.35f, up + 0.4f) < 0.28f)
                            colour = s.colour * 3.5f;
                        alpha *= 0.35f + 0.5f * d;
                    }
                    Vec3f& c = light[static_cast<size_t>(y) * w + static_cast<size_t>(x)];
                    c = c * (1 - alpha) + colour * alpha;
                }
            }
        }
    });
}

}  // namespace render
