#include "world/step/water.h"

namespace world::step {

namespace {

constexpr int kCells = 96;                            // along the longer side
constexpr double kSplashSpeed = 0.3;                  // m/s, slower entry makes no splash event
constexpr double kDragBall = 0.47, kDragBlunt = 1.0;  // Hoerner, "Fluid-Dynamic Drag", ch. 3
constexpr double kAddedMass = 0.5;  // of the displaced water, exact for a sphere (Lamb, art. 92)
constexpr double kWaveSpeed = 1.6;  // m/s: gravity wave of 1.6 m, sqrt(g L / 2 pi)
constexpr double kWaveLoss = 0.5;   // 1/s

}  // namespace

WaterSurface::WaterSurface(const Scene& scene) : water_(scene.water) {
    const size_t bodies = scene.bodies.size();
    volume_before_.assign(bodies, -1);
    added_mass_.assign(bodies, 0);
    dry_since_s_.assign(bodies, -1);
    if (!water_) return;
    const double w = water_->high.x - water_->low.x, h = water_->high.y - water_->low.y;
    if (w <= 0 || h <= 0) return;
    cell_ = std::max(std::max(w, h) / kCells, 0.01);
    columns_ = std::max(2, static_cast<int>(std::ceil(w / cell_)));
    rows_ = std::max(2, static_cast<int>(std::ceil(h / cell_)));
    height_.assign(static_cast<size_t>(columns_) * rows_, 0);
    speed_ = height_;
}

bool WaterSurface::over_water(Vec3 p) const {
    return p.x >= water_->low.x && p.x <= water_->high.x && p.y >= water_->low.y &&
           p.y <= water_->high.y;
}

double WaterSurface::level_at(double x, double y) const {
    if (columns_ == 0) return water_->level_z_m;
    const double u = std::clamp((x - water_->low.x) / cell_ - 0.5, 0.0, columns_ - 1.001);
    const double v = std::clamp((y - water_->low.y) / cell_ - 0.5, 0.0, rows_ - 1.001);
    const int i = static_cast<int>(u), k = static_cast<int>(v);
    const double fu = u - i, fv = v - k;
    const auto at = [&](int a, int b) {
        return double(height_[static_cast<size_t>(b) * columns_ + a]);
    };
    return water_->level_z_m + (at(i, k) * (1 - fu) + at(i + 1, k) * fu) * (1 - fv) +
           (at(i, k + 1) * (1 - fu) + at(i + 1, k + 1) * fu) * fv;
}

// Balls by the spherical cap, others by their cells, each wet in proportion to its depth.
WaterSurface::Wet WaterSurface::wet_part(const Dynamics& d, int body) const {
    const RigidState& s = d.bodies[body];
    const CompiledShape& shape = *d.models[body].shape;
    Wet wet;
    if (!over_water(s.x)) return wet;
    // Its own ripples do not lift a body: only a tenth of the wave is felt.
    const double level = water_->level_z_m + 0.1 * (level_at(s.x.x, s.x.y) - water_->level_z_m);
    if (s.x.z - shape.reach > level) return wet;
    if (shape.is_ball) {
        const double r = shape.ball_radius, depth = std::clamp(level - (s.x.z - r), 0.0, 2 * r);
        if (depth <= 0) return wet;
        wet.volume_m3 = base::kPi * depth * depth * (3 * r - depth) / 3;
        wet.centroid = s.x;
        wet.wetted = depth / (2 * r);
        return wet;
    }
    const Mat3& rotation = d.now[body].rotation;
    const double size = shape.cell_size_m;
    for (const Vec3& cell : shape.cells) {
        const Vec3 p = rotation * cell + s.x;
        const double share = std::clamp((level - p.z) / size + 0.5, 0.0, 1.0);
        if (share <= 0) continue;
        wet.volume_m3 += share * shape.cell_volume_m3;
        wet.centroid += p * share * shape.cell_volume_m3;
    }
    if (wet.volume_m3 > 0) wet.centroid = wet.centroid / wet.volume_m3;
    wet.wetted = shape.displaced_m3 > 0 ? std::min(wet.volume_m3 / shape.displaced_m3, 1.0) : 0;
    return wet;
}

void WaterSurface::act(Dynamics& d, EventLog& log, Particles& particles) {
    if (!water_) return;
    const double h = d.h(), rho = water_->density_kgpm3;
    for (int i = 0; i < static_cast<int>(d.models.size()); ++i) {
        if (d.bodies[i].hidden || d.models[i].motion == Motion::Static) continue;
        RigidState& s = d.bodies[i];
        const Wet wet = wet_part(d, i);
        const double before = volume_before_[i];
        volume_before_[i] = wet.volume_m3;
        if (wet.volume_m3 <= 0) {
            if (before > 0) dry_since_s_[i] = d.time_s();
            added_mass_[i] = 0;
            continue;
        }
        const bool entered = before == 0 && -s.v.z > kSplashSpeed &&
                             (dry_since_s_[i] < 0 || d.time_s() - dry_since_s_[i] > 0.1);
        if (entered) splash(d, i, -s.v.z, log, particles);
        const double radius = d.models[i].shape->reach;
        if (before >= 0) press(s.x, radius, wet.volume_m3 - before);
        if (!d.movable(i) || !s.awake) continue;
        const double m = d.models[i].mass;
        const double added = kAddedMass * rho * wet.volume_m3;
        // Entering: the water that must move along takes its share (von Karman, NACA TN 321, 1929).
        if (added > added_mass_[i] && s.v.z < 0) s.v.z *= (m + added_mass_[i]) / (m + added);
        added_mass_[i] = added;
        const Vec3 g = d.scene.gravity_mps2;
        const Vec3 lift = -g * (rho * wet.volume_m3);
        // apply_forces gave m g / m; the carried water answers to forces but not to gravity.
        s.v += ((g * m + lift) / (m + added) - g) * h;
        const Vec3 arm = wet.centroid - s.x;
        if (!d.models[i].shape->is_ball) s.w += d.now[i].inverse_inertia * cross(arm, lift) * h;
        const Vec3 area = d.models[i].shape->face_area_m2;
        const bool is_ball = d.models[i].shape->is_ball;
        const double cd = is_ball ? kDragBall : kDragBlunt;
        const double mean_area = (area.x + area.y + area.z) / 3 * wet.wetted;
        const double k = 0.5 * rho * cd * mean_area * length(s.v) / (m + added) + 0.15 * wet.wetted;
        s.v -= s.v * (k * h / (1 + k * h));
        const double spin =
            (is_ball ? 0.3 : 2.0) * wet.wetted * std::min(rho * wet.volume_m3 / m, 5.0);
        s.w -= s.w * (spin * h / (1 + spin * h));
    }
}

void WaterSurface::splash(Dynamics& d, int body, double speed, EventLog& log,
                          Particles& particles) {
    const CompiledShape& shape = *d.models[body].shape;
    const double r = std::cbrt(3 * std::max(shape.displaced_m3, 1e-9) / (4 * base::kPi));
    const Vec3 place{d.bodies[body].x.x, d.bodies[body].x.y, water_->level_z_m};
    const double m = d.models[body].mass;
    const double added = kAddedMass * water_->density_kgpm3 * shape.displaced_m3;
    Event event;
    event.t_s = d.time_s();
    event.kind = EventKind::Splash;
    event.a = d.scene.bodies[body].name;
    event.b = "water";
    event.impulse_Ns = m * added / (m + added) * speed;  // handed to the water on entry
    event.position_m = place;
    event.material_a = d.scene.bodies[body].material;
    event.material_b = "water";
    event.body_a = body;
    event.closing_speed_mps = speed;
    event.duration_s = 2 * r / speed;
    log.add(event);
    const uint64_t seed =
        base::hash_combine(base::hash_combine(d.scene.seed, static_cast<uint64_t>(body)),
                           static_cast<uint64_t>(d.step_index));
    particles.crown(place, r, speed, seed);
    dent(place, 1.3 * r, 0.6 * r * std::min(speed / 3, 1.2));
}

// Water pushed aside rises around the body: `volume` enters the ring outside, leaves the disc.
void WaterSurface::press(Vec3 place, double radius, double volume) {
    if (columns_ == 0 || volume == 0) return;
    const double wide = std::max(radius, 1.5 * cell_);
    const double ring = 4 * base::kPi * wide * wide;  // integral of the profile below
    const int ci = static_cast<int>((place.x - water_->low.x) / cell_);
    const int ck = static_cast<int>((place.y - water_->low.y) / cell_);
    const int span = static_cast<int>(std::ceil(4 * wide / cell_));
    for (int k = std::max(ck - span, 0); k <= std::min(ck + span, rows_ - 1); ++k) {
        for (int i = std::max(ci - span, 0); i <= std::min(ci + span, columns_ - 1); ++i) {
            const double dx = water_->low.x + (i + 0.5) * cell_ - place.x;
            const double dy = water_->low.y + (k + 0.5) * cell_ - place.y;
            const double q = (dx * dx + dy * dy) / (wide * wide);
            // q exp(-q/2): zero at the middle, a ring at 1.4 radii.
            height_[static_cast<size_t>(k) * columns_ + i] +=
                static_cast<float>(volume / ring * q * std::exp(-q / 2));
        }
    }
}

// A blow opens a hollow with a raised rim, of no net volume, that closes into rings.
void WaterSurface::dent(Vec3 place, double radius, double depth) {
    const double wide = std::max(radius, 1.5 * cell_);
    for (int k = 0; k < rows_; ++k) {
        for (int i = 0; i < columns_; ++i) {
            const double dx = water_->low.x + (i + 0.5) * cell_ - place.x;
            const double dy = water_->low.y + (k + 0.5) * cell_ - place.y;
            const double q = (dx * dx + dy * dy) / (wide * wide);
            if (q > 30) continue;
            height_[static_cast<size_t>(k) * columns_ + i] +=
                static_cast<float>(depth * (q / 2 - 1) * std::exp(-q / 2));
        }
    }
}

// Wave equation with reflecting edges, explicit; the speed is kept under the Courant limit.
void WaterSurface::ripple(double frame_s) {
    if (columns_ == 0) return;
    const double c = std::min(kWaveSpeed, 0.5 * cell_ / frame_s);
    const auto k = static_cast<float>(c * c / (cell_ * cell_) * frame_s);
    const auto keep = static_cast<float>(std::exp(-kWaveLoss * frame_s));
    const auto at = [&](int i, int j) {
        i = std::clamp(i, 0, columns_ - 1), j = std::clamp(j, 0, rows_ - 1);
        return height_[static_cast<size_t>(j) * columns_ + i];
    };
    for (int j = 0; j < rows_; ++j) {
        for (int i = 0; i < columns_; ++i) {
            const float around = at(i - 1, j) + at(i + 1, j) + at(i, j - 1) + at(i, j + 1);
            float& v = speed_[static_cast<size_t>(j) * columns_ + i];
            v = (v + k * (around - 4 * at(i, j))) * keep;
        }
    }
    double sum = 0;
    for (size_t i = 0; i < height_.size(); ++i) {
        height_[i] = std::clamp(height_[i] + speed_[i] * static_cast<float>(frame_s), -0.3f, 0.3f);
        sum += height_[i];
    }
    const auto mean = static_cast<float>(sum / static_cast<double>(height_.size()));
    for (float& h : height_) h -= mean;  // water is neither made nor lost
}

void WaterSurface::write(Snapshot& out) const {
    out.water.columns = columns_;
    out.water.rows = rows_;
    out.water.height_m = height_;
}

void WaterSurface::save(StateWriter& out) const {
    out.put(height_), out.put(speed_);
    out.put(volume_before_), out.put(added_mass_), out.put(dry_since_s_);
}

void WaterSurface::restore(StateReader& in) {
    in.get(height_), in.get(speed_);
    in.get(volume_before_), in.get(added_mass_), in.get(dry_since_s_);
}

}  // namespace world::step
