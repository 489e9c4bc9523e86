#include "render/light/probe_grid.h"

#include "base/core/random.h"
#include "render/integrate/tracer.h"
#include "render/scene/threads.h"

namespace render {
namespace {

constexpr float kPi = 3.14159265f;

struct Seen {  // the end of one probe ray
    Vec3f direction;
    Vec3f position, normal, albedo;
    Vec3f light;  // known at once: direct light reflected, glow, sky
    bool surface = false;
};

// Fibonacci lattice on the sphere, turned by two random angles.
Vec3f lattice(int i, int count, float turn, float shift) {
    const float z = 1 - 2 * (static_cast<float>(i) + shift) / static_cast<float>(count);
    const float r = std::sqrt(std::max(0.f, 1 - z * z));
    const float angle = 2.39996323f * static_cast<float>(i) + turn;
    return {r * std::cos(angle), r * std::sin(angle), z};
}

}  // namespace

Vec3f ProbeGrid::position(int index) const {
    const int x = index % nx_, y = index / nx_ % ny_, z = index / (nx_ * ny_);
    return bounds_.low +
           Vec3f{static_cast<float>(x), static_cast<float>(y), static_cast<float>(z)} * step_;
}

ProbeGrid::ProbeGrid(const Plan& plan, const Tracer& tracer, const Threads& threads)
    : bounds_(plan.bounds) {
    const Vec3f size = base::max(bounds_.size(), Vec3f{0.1f, 0.1f, 0.1f});
    const float spacing =
        std::max(0.25f, std::cbrt(size.x * size.y * size.z / static_cast<float>(plan.most_probes)));
    nx_ = std::clamp(static_cast<int>(std::lround(size.x / spacing)) + 1, 2, 96);
    ny_ = std::clamp(static_cast<int>(std::lround(size.y / spacing)) + 1, 2, 96);
    nz_ = std::clamp(static_cast<int>(std::lround(size.z / spacing)) + 1, 2, 48);
    // Half a probe's distance from the walls all round.
    const Vec3f margin = base::min(size * 0.25f, Vec3f{0.3f, 0.3f, 0.3f} * spacing);
    bounds_.low += margin;
    bounds_.high = bounds_.high - margin;
    step_ = bounds_.size() / Vec3f{static_cast<float>(nx_ - 1), static_cast<float>(ny_ - 1),
                                   static_cast<float>(nz_ - 1)};
    const int count = nx_ * ny_ * nz_;
    probes_.assign(static_cast<size_t>(count), {});

    std::vector<Seen> seen(static_cast<size_t>(count) * plan.rays);
    std::vector<uint8_t> inside(static_cast<size_t>(count), 0);
    constexpr int kBatch = 16;
    threads.for_each((count + kBatch - 1) / kBatch, [&](int batch) {
        for (int p = batch * kBatch; p < std::min(count, (batch + 1) * kBatch); ++p) {
            base::Rng rng(plan.seed, static_cast<uint64_t>(p));
            const auto turn = static_cast<float>(rng.uniform(0, 2 * kPi)),
                       shift = static_cast<float>(rng.uniform());
            const Vec3f from = position(p);
            int backs = 0;
            for (int first = 0; first < plan.rays; first += RayPacket::kSize) {
                RayPacket packet;
                for (int lane = 0; lane < RayPacket::kSize; ++lane) {
                    const bool on = first + lane < plan.rays;
                    const Vec3f d =
                        lattice(std::min(first + lane, plan.rays - 1), plan.rays, turn, shift);
                    packet.set(lane, from, d, 0, on ? 1e6f : -1, kOpaque);
                }
                tracer.geometry().rays().intersect(packet);
                for (int lane = 0; lane < RayPacket::kSize && first + lane < plan.rays; ++lane) {
                    Seen& s = seen[static_cast<size_t>(p) * plan.rays +
                                   static_cast<size_t>(first + lane)];
                    s.direction = {packet.direction_x[lane], packet.direction_y[lane],
                                   packet.direction_z[lane]};
                    const RayHit hit = packet.hit(lane);
                    if (hit.instance < 0) {
                        s.light = tracer.background(s.direction);
                        continue;
                    }
                    const SurfaceHit at = tracer.geometry().resolve(hit, s.direction);
                    backs += at.inside;
                    if (at.inside) continue;
                    const Surface& look = tracer.geometry().looks().mean(at.part->look);
                    const Vec3f albedo = tracer.geometry().mean_albedo(at);
                    s.surface = true;
                    s.position = at.position;
                    s.normal = at.shading_normal;
                    s.albedo = base::min(albedo, Vec3f{0.9f, 0.9f, 0.9f});
                    const Vec2f u{static_cast<float>(rng.uniform()),
                                  static_cast<float>(rng.uniform())};
                    s.light = s.albedo * tracer.direct_diffuse(at.position, at.shading_normal, u,
                                                               static_cast<float>(rng.uniform())) +
                              look.emission * tracer.emission_scale();
                }
            }
            inside[static_cast<size_t>(p)] = backs * 4 > plan.rays;
        }
    });

    const float weight = 4 * kPi / static_cast<float>(plan.rays);
    for (int bounce = 0; bounce < plan.bounces; ++bounce) {
        std::vector<Harmonics> next(probes_.size());
        threads.for_each((count + kBatch - 1) / kBatch, [&](int batch) {
            for (int p = batch * kBatch; p < std::min(count, (batch + 1) * kBatch); ++p) {
                if (inside[static_cast<size_t>(p)]) continue;
                for (int r = 0; r < plan.rays; ++r) {
                    const Seen& s =
                        seen[static_cast<size_t>(p) * plan.rays + static_cast<size_t>(r)];
                    Vec3f light = s.light;
                    if (s.surface && bounce > 0) {
                        light += s.albedo *
                                 at(s.position + s.normal * (0.3f * step_.z)).irradiance(s.normal) /
                                 kPi;
                    }
                    next[static_cast<size_t>(p)].add(s.direction, light, weight);
                }
            }
        });
        // Solid places take the mean of their lit neighbours, outward in rings.
        std::vector<uint8_t> known(inside.size());
        for (size_t i = 0; i < known.size(); ++i) known[i] = !inside[i];
        for (int ring = 0; ring < 6; ++ring) {
            std::vector<uint8_t> known_after = known;
            for (int p = 0; p < count; ++p) {
                if (known[static_cast<size_t>(p)]) continue;
                const int x = p % nx_, y = p / nx_ % ny_, z = p / (nx_ * ny_);
                Harmonics sum;
                int found = 0;
                const auto take = [&](int i, int j, int k) {
                    if (i < 0 || j < 0 || k < 0 || i >= nx_ || j >= ny_ || k >= nz_) return;
                    const auto q = static_cast<size_t>((k * ny_ + j) * nx_ + i);
                    if (!known[q]) return;
                    sum.add(next[q], 1);
                    ++found;
                };
                take(x - 1, y, z), take(x + 1, y, z), take(x, y - 1, z), take(x, y + 1, z);
                take(x, y, z - 1), take(x, y, z + 1);
                if (found == 0) continue;
                next[static_cast<size_t>(p)] = {};
                next[static_cast<size_t>(p)].add(sum, 1.f / static_cast<float>(found));
                known_after[static_cast<size_t>(p)] = 1;
            }
            known = known_after;
        }
        probes_ = std::move(next);
    }
}

Harmonics ProbeGrid::at(Vec3f p) const {
    const Vec3f g = (p - bounds_.low) / step_;
    const float fx = std::clamp(g.x, 0.f, static_cast<float>(nx_ - 1) - 1e-4f);
    const float fy = std::clamp(g.y, 0.f, static_cast<float>(ny_ - 1) - 1e-4f);
    const float fz = std::clamp(g.z, 0.f, static_cast<float>(nz_ - 1) - 1e-4f);
    const int x = static_cast<int>(fx), y = static_cast<int>(fy), z = static_cast<int>(fz);
    const float tx = fx - static_cast<float>(x), ty = fy - static_cast<float>(y),
                tz = fz - static_cast<float>(z);
    Harmonics sum;
    for (int k = 0; k < 2; ++k) {
        for (int j = 0; j < 2; ++j) {
            const Harmonics* row = &probes_[static_cast<size_t>(((z + k) * ny_ + y + j) * nx_ + x)];
            const float w = (k ? tz : 1 - tz) * (j ? ty : 1 - ty);
            sum.add(row[0], w * (1 - tx));
            sum.add(row[1], w * tx);
        }
    }
    return sum;
}

}  // namespace render
