#include "world/step/particles.h"

namespace world::step {

using base::Vec3f;

namespace {

constexpr size_t kMost = 6000;

Vec3f random_direction(base::Rng& random) {
    const double z = random.uniform(-1, 1), a = random.uniform(0, 2 * base::kPi);
    const double r = std::sqrt(1 - z * z);
    return Vec3{r * std::cos(a), r * std::sin(a), z}.cast<float>();
}

}  // namespace

bool is_dusty(std::string_view m) {
    return m == "brick" || m == "concrete" || m == "plaster" || m == "sand" || m == "stone" ||
           m == "clay" || m == "snow" || m == "salt";
}

void Particles::add(Speck speck) {
    if (specks_.size() < kMost) specks_.push_back(speck);
}

void Particles::dust(Vec3 place, Vec3 normal, double impulse_Ns, uint64_t seed) {
    base::Rng random(seed, 21);
    const int count = static_cast<int>(std::clamp(4 * std::sqrt(impulse_Ns), 2.0, 40.0));
    const double blow = std::clamp(0.4 * std::cbrt(impulse_Ns), 0.15, 2.5);
    for (int i = 0; i < count; ++i) {
        Speck s;
        const Vec3f d = random_direction(random);
        const auto out = normal.cast<float>() * static_cast<float>(random.uniform(-0.5, 0.5));
        s.particle.kind = ParticleKind::Dust;
        s.particle.position = place.cast<float>() + d * 0.02f;
        s.particle.velocity = (d * 0.7f + out + Vec3f{0, 0, 0.35f}) *
                              static_cast<float>(blow * random.uniform(0.2, 1));
        s.first_radius_m = static_cast<float>(random.uniform(0.02, 0.06));
        s.first_opacity = static_cast<float>(random.uniform(0.08, 0.22));
        s.life_s = static_cast<float>(random.uniform(1.2, 4.0));
        add(s);
    }
}

void Particles::sparks(Vec3 place, Vec3 normal, double impulse_Ns, uint64_t seed) {
    base::Rng random(seed, 22);
    const int count = static_cast<int>(std::clamp(2 * std::sqrt(impulse_Ns), 3.0, 24.0));
    for (int i = 0; i < count; ++i) {
        Speck s;
        s.particle.kind = ParticleKind::Spark;
        s.particle.position = place.cast<float>();
        s.particle.velocity = (random_direction(random) + normal.cast<float>() * 0.5f) *
                              static_cast<float>(random.uniform(0.5, 3));
        s.first_radius_m = 0.0012f;
        s.life_s = static_cast<float>(random.uniform(0.1, 0.35));
        add(s);
    }
}

void Particles::crown(Vec3 place, double radius, double speed, uint64_t seed) {
    base::Rng random(seed, 23);
    const int count = static_cast<int>(std::clamp(420 * radius / 0.1 * speed / 3, 30.0, 1400.0));
    for (int i = 0; i < count; ++i) {
        Speck s;
        const double a = random.uniform(0, 2 * base::kPi);
        const double steep = random.uniform(0.9, 1.45);  // crowns rise at 50 to 80 degrees
        // Most of it rises a little, a few drops leave faster than the body came.
        const double v = speed * (0.12 + 0.95 * std::pow(random.uniform(), 1.8));
        const Vec3 d{std::cos(a) * std::cos(steep), std::sin(a) * std::cos(steep), std::sin(steep)};
        s.particle.kind = ParticleKind::Droplet;
        s.particle.position =
            (place + Vec3{std::cos(a), std::sin(a), 0.02} * (radius * random.uniform(0.7, 1.15)))
                .cast<float>();
        s.particle.velocity = (d * v).cast<float>();
        s.first_radius_m = static_cast<float>((0.0025 + 0.011 * std::pow(random.uniform(), 3)) *
                                              std::clamp(radius / 0.1, 0.3, 2.0));
        s.life_s = 3;
        add(s);
    }
}

void Particles::move(const Scene& scene, double frame_s) {
    const auto dt = static_cast<float>(frame_s);
    const Vec3f g = scene.gravity_mps2.cast<float>(), wind = scene.wind_mps.cast<float>();
    const bool air = scene.air_density_kgpm3 > 0;
    const auto level = static_cast<float>(scene.water ? scene.water->level_z_m : -1e9);
    for (Speck& s : specks_) {
        Particle& p = s.particle;
        s.age_s += dt;
        const bool cloud = p.kind == ParticleKind::Dust || p.kind == ParticleKind::Smoke;
        if (cloud && air) {  // stopped by the air at once, then sinks slowly with it
            const float grip = std::exp(-2.5f * dt);
            const Vec3f calm = wind + Vec3f{0, 0, -0.06f};
            p.velocity = calm + (p.velocity - calm) * grip;
        } else {
            const float speed = length(p.velocity - wind);
            // Stokes to Newton drag of a water drop, Cd about 0.6: k = 3 rho Cd / (8 rho_w r).
            const float k = air ? 2.7e-4f / std::max(s.first_radius_m, 1e-4f) * speed : 0;
            p.velocity += g * dt;
            p.velocity -= (p.velocity - wind) * (k * dt / (1 + k * dt));
        }
        p.position += p.velocity * dt;
        const float left = std::max(1 - s.age_s / s.life_s, 0.0f);
        p.radius_m = s.first_radius_m * (cloud ? 1 + 3 * (1 - left) : 1);
        p.opacity = s.first_opacity * (cloud ? left : 1);
        if (p.kind == ParticleKind::Droplet && p.velocity.z < 0 && p.position.z < level) {
            s.age_s = s.life_s;
        }
    }
    std::erase_if(specks_, [](const Speck& s) { return s.age_s >= s.life_s; });
}

void Particles::write(Snapshot& out) const {
    out.particles.clear();
    for (const Speck& s : specks_) out.particles.push_back(s.particle);
}

void Particles::save(StateWriter& out) const { out.put(specks_); }
void Particles::restore(StateReader& in) { in.get(specks_); }

}  // namespace world::step
