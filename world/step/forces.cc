#include "world/step/forces.h"

namespace world::step {

namespace {

constexpr double kVacuumPermeability = 1.25663706212e-6;  // N/A2, CODATA 2018
// Flat faces drag more than balls: plate 1.17, cube 1.05 against 0.47 (Hoerner, "Fluid-Dynamic
// Drag", 1965, ch. 3). Body::drag_coefficient is stated for a ball.
constexpr double kFlatFaceFactor = 2.3;

// Quadratic drag, implicit so that a feather in a gale stays stable: dv = -k |u| u dt / m.
void drag(Dynamics& d, int i, double dt) {
    const Body& body = d.scene.bodies[i];
    const BodyModel& model = d.models[i];
    RigidState& s = d.bodies[i];
    const double rho = d.scene.air_density_kgpm3;
    if (rho <= 0 || body.drag_coefficient <= 0) return;
    const Vec3 u = s.v - d.scene.wind_mps;
    const double speed = length(u);
    const Vec3 area = model.shape->face_area_m2;
    if (model.shape->is_ball) {
        const double k = 0.5 * rho * body.drag_coefficient * area.x * speed / model.mass;
        s.v -= u * (k * dt / (1 + k * dt));
    } else {
        const Mat3& r = d.now[i].rotation;
        const Vec3 local = r.transposed_times(u);
        Vec3 loss;
        for (int axis = 0; axis < 3; ++axis) {
            const double cd = body.drag_coefficient * kFlatFaceFactor;
            const double k = 0.5 * rho * cd * area[axis] * speed / model.mass;
            loss[axis] = local[axis] * (k * dt / (1 + k * dt));
        }
        s.v -= r * loss;
        // Turning plates meet the air at up to reach x w; torque ~ area reach^3 w^2 / 4.
        const double reach = model.shape->reach;
        const double widest = std::max({area.x, area.y, area.z});
        const Vec3 w = s.w;
        const double k =
            0.125 * rho * body.drag_coefficient * widest * reach * reach * reach * length(w);
        const Vec3 brake = d.now[i].inverse_inertia * w * (k * dt);
        const double most = length(w);
        const double size = length(brake);
        if (size > 0) s.w -= brake * std::min(1.0, 0.5 * most / size);
    }
    if (body.magnus_coefficient != 0 && model.shape->is_ball) {
        // Lift coefficient = slope x spin ratio (Nathan, Am. J. Phys. 76, 2008), which gives
        // F = 1/2 rho A slope r (w x u).
        const double k = 0.5 * rho * area.x * body.magnus_coefficient * model.shape->ball_radius;
        s.v += cross(s.w, u) * (k * dt / model.mass);
    }
}

struct Dipole {
    int body;
    Vec3 place, moment;
    double ball_radius;  // of the soft iron ball of equal volume; 0 for magnets
};

// Field of a point dipole (Jackson, "Classical Electrodynamics", 5.56).
Vec3 field(const Dipole& source, Vec3 at) {
    const Vec3 r = at - source.place;
    const double l = std::max(length(r), 1e-3);
    const Vec3 u = r / l;
    return (u * (3 * dot(u, source.moment)) - source.moment) *
           (kVacuumPermeability / (4 * base::kPi * l * l * l));
}

// Force on b by a (Griffiths, "Introduction to Electrodynamics", problem 6.21 generalised).
Vec3 dipole_force(const Dipole& a, const Dipole& b) {
    const Vec3 r = b.place - a.place;
    const double l = std::max(length(r), 1e-3);
    const Vec3 u = r / l;
    const double ma = dot(a.moment, u), mb = dot(b.moment, u);
    const double k = 3 * kVacuumPermeability / (4 * base::kPi * l * l * l * l);
    return (b.moment * ma + a.moment * mb + u * (dot(a.moment, b.moment) - 5 * ma * mb)) * k;
}

bool is_iron(const std::string& material) { return material == "iron" || material == "steel"; }

void magnets(Dynamics& d, double dt) {
    std::vector<Dipole> dipoles;
    bool any = false;
    for (const Body& body : d.scene.bodies) any |= body.magnetic_moment_Am2 != 0;
    if (!any) return;
    for (int i = 0; i < static_cast<int>(d.models.size()); ++i) {
        const Body& body = d.scene.bodies[i];
        if (d.bodies[i].hidden) continue;
        if (body.magnetic_moment_Am2 != 0) {
            dipoles.push_back(
                {i, d.bodies[i].x, d.now[i].rotation.column(2) * body.magnetic_moment_Am2, 0});
        } else if (d.models[i].motion == Motion::Dynamic && is_iron(body.material)) {
            const double v = d.models[i].mass / material(body.material).density_kgpm3;
            dipoles.push_back({i, d.bodies[i].x, {}, std::cbrt(3 * v / (4 * base::kPi))});
        }
    }
    // Soft iron answers the field with m = 4 pi a^3 B / mu0 (sphere of high permeability, Jackson
    // 5.11) in the first order: pieces of iron do not magnetise one another.
    for (Dipole& iron : dipoles) {
        if (iron.ball_radius == 0) continue;
        Vec3 b;
        for (const Dipole& source : dipoles) {
            if (source.ball_radius == 0) b += field(source, iron.place);
        }
        iron.moment = b * (4 * base::kPi * std::pow(iron.ball_radius, 3) / kVacuumPermeability);
    }
    for (const Dipole& on : dipoles) {
        if (!d.movable(on.body)) continue;
        RigidState& s = d.bodies[on.body];
        Vec3 force, b;
        for (const Dipole& by : dipoles) {
            if (by.body == on.body || (by.ball_radius > 0 && on.ball_radius > 0)) continue;
            force += dipole_force(by, on);
            b += field(by, on.place);
        }
        if (!s.awake && length(force) < 0.05 * d.models[on.body].mass) continue;
        s.awake = true;
        s.v += force * (dt * d.now[on.body].inverse_mass);
        if (on.ball_radius == 0) {
            s.w += d.now[on.body].inverse_inertia * cross(on.moment, b) * dt;
        }
    }
}

}  // namespace

void apply_forces(Dynamics& d) {
    const double dt = d.h();
    for (int i = 0; i < static_cast<int>(d.models.size()); ++i) {
        BodyNow& now = d.now[i];
        now.shift = {};
        now.constrained = now.impacted = false;
        now.free_acceleration = {};
        if (!d.movable(i) || !d.bodies[i].awake) continue;
        const Vec3 before = d.bodies[i].v;
        d.bodies[i].v += d.scene.gravity_mps2 * dt;
        drag(d, i, dt);
        if (const auto damping = d.scene.bodies[i].linear_damping_per_s) {
            d.bodies[i].v = d.bodies[i].v * std::exp(-*damping * dt);
        }
        now.free_acceleration = (d.bodies[i].v - before) / dt;
    }
    magnets(d, dt);
}

}  // namespace world::step
