#include "world/step/contacts.h"

#include <algorithm>

namespace world::step {

namespace {

// Softness of lasting contact (Catto, "Soft Constraints", GDC 2011): an overdamped spring, as stiff
// as the step can follow. A load F sags by F / (m omega^2 h^-1): 2.5 mm over a tower of twenty
// blocks. Rigid rows were tried: the tower then rattles itself down
// (docs/decisions/physics-step.md).
constexpr double kContactHertz = 240;
constexpr double kDamping = 10;
constexpr double kPushOutSpeed = 2;  // m/s, cap of the correction of deep overlaps

struct Softness {
    double bias_rate, mass_scale, impulse_scale;
    explicit Softness(double h) {
        const double omega = 2 * base::kPi * std::min(kContactHertz, 0.25 / h);
        const double a1 = 2 * kDamping + h * omega, a2 = h * omega * a1, a3 = 1 / (1 + a2);
        bias_rate = omega / a1;
        mass_scale = a2 * a3;
        impulse_scale = a3;
    }
};

}  // namespace

void ContactSolver::prepare() {
    rows_.clear();
    for (int t = 0; t < static_cast<int>(d_.touches.size()); ++t) {
        const Touch& touch = d_.touches[t];
        const int a = touch.key.a, b = touch.key.b;
        const bool moves_a = d_.movable(a) && d_.bodies[a].awake;
        const bool moves_b = d_.movable(b) && d_.bodies[b].awake;
        if (!moves_a && !moves_b) continue;
        Row row;
        row.touch = t, row.a = a, row.b = b;
        row.axis[0] = touch.normal;
        row.axis[1] = any_perpendicular(touch.normal);
        row.axis[2] = cross(touch.normal, row.axis[1]);
        const int ma = d_.models[a].part_material[touch.key.part_a];
        const int mb = d_.models[b].part_material[touch.key.part_b];
        const Contact& pair = d_.materials.between(ma, mb);
        const auto overridden = [&](double rule, std::optional<double> x, std::optional<double> y) {
            if (x && y) return std::sqrt(*x * *y);
            return x ? *x : y ? *y : rule;
        };
        const Body &ba = d_.scene.bodies[a], &bb = d_.scene.bodies[b];
        row.friction = overridden(pair.friction, ba.friction, bb.friction);
        row.restitution = overridden(pair.restitution, ba.restitution, bb.restitution);
        row.rolling_m = std::max(d_.materials.materials[ma]->rolling_friction_m,
                                 d_.materials.materials[mb]->rolling_friction_m);
        row.rolling_impulse = touch.rolling_impulse;
        row.count = touch.count;
        const BodyNow &na = d_.now[a], &nb = d_.now[b];
        for (int i = 0; i < touch.count; ++i) {
            Point& p = row.point[i];
            p.ra = na.rotation * touch.point[i].local_a;
            p.rb = nb.rotation * touch.point[i].local_b;
            p.gap = dot(touch.normal, d_.bodies[b].x + p.rb - d_.bodies[a].x - p.ra);
            for (int k = 0; k < 3; ++k) {
                const Vec3 ca = cross(p.ra, row.axis[k]), cb = cross(p.rb, row.axis[k]);
                p.turn_a[k] = na.inverse_inertia * ca;
                p.turn_b[k] = nb.inverse_inertia * cb;
                const double inverse =
                    na.inverse_mass + nb.inverse_mass + dot(ca, p.turn_a[k]) + dot(cb, p.turn_b[k]);
                (k == 0 ? p.normal_mass : p.tangent_mass[k - 1]) = inverse > 0 ? 1 / inverse : 0;
            }
            p.normal_impulse = touch.point[i].normal_impulse;
            p.tangent_impulse[0] = touch.point[i].tangent_impulse[0];
            p.tangent_impulse[1] = touch.point[i].tangent_impulse[1];
        }
        rows_.push_back(row);
    }
}

double ContactSolver::along(const Row& row, const Point& p, int axis) const {
    const RigidState &a = d_.bodies[row.a], &b = d_.bodies[row.b];
    return dot(row.axis[axis], b.v + cross(b.w, p.rb) - a.v - cross(a.w, p.ra));
}

void ContactSolver::push(const Row& row, const Point& p, int axis, double impulse) {
    RigidState &a = d_.bodies[row.a], &b = d_.bodies[row.b];
    a.v -= row.axis[axis] * (impulse * d_.now[row.a].inverse_mass);
    a.w -= p.turn_a[axis] * impulse;
    b.v += row.axis[axis] * (impulse * d_.now[row.b].inverse_mass);
    b.w += p.turn_b[axis] * impulse;
}

// Largest closing speed of points that meet within this step; 0 when none does.
double ContactSolver::closing(const Row& row) const {
    double fastest = 0;
    for (int i = 0; i < row.count; ++i) {
        const double v = -along(row, row.point[i], 0);
        if (v > fastest && row.point[i].gap <= v * d_.h()) fastest = v;
    }
    return fastest;
}

// One blow between two bodies: all points of the patch at once, so that a flat landing stays flat.
// Newton restitution along the normal, Coulomb's cone across it.
Impact ContactSolver::strike(Row& row) {
    const double h = d_.h();
    Impact impact;
    impact.touch = row.touch;
    impact.had_rested = d_.touches[row.touch].loaded;
    bool meets[4] = {};
    double target[4] = {}, normal[4] = {}, across[4][2] = {};
    double first = h;
    for (int i = 0; i < row.count; ++i) {
        const double v = along(row, row.point[i], 0);
        meets[i] = row.point[i].gap <= std::max(-v, 0.0) * h + 1e-5;
        target[i] = v < -kBlowSpeed ? -row.restitution * v : 0;
        if (!meets[i] || v >= 0) continue;
        impact.closing_mps = std::max(impact.closing_mps, -v);
        first = std::min(first, std::max(row.point[i].gap, 0.0) / -v);
    }
    impact.time_s = first;
    for (int iteration = 0; iteration < 12; ++iteration) {
        for (int i = 0; i < row.count; ++i) {
            if (!meets[i]) continue;
            const Point& p = row.point[i];
            const double more = p.normal_mass * (target[i] - along(row, p, 0));
            const double sum = std::max(normal[i] + more, 0.0);
            push(row, p, 0, sum - normal[i]);
            normal[i] = sum;
            double wanted[2];
            for (int k = 0; k < 2; ++k) {
                wanted[k] = across[i][k] - p.tangent_mass[k] * along(row, p, k + 1);
            }
            const double size = std::sqrt(wanted[0] * wanted[0] + wanted[1] * wanted[1]);
            const double most = row.friction * normal[i];
            const double scale = size > most ? most / size : 1;
            for (int k = 0; k < 2; ++k) {
                push(row, p, k + 1, wanted[k] * scale - across[i][k]);
                across[i][k] = wanted[k] * scale;
            }
        }
        if (row.count == 1 && iteration == 3) break;
    }
    double weight = 0;
    for (int i = 0; i < row.count; ++i) {
        impact.impulse +=
            row.axis[0] * normal[i] + row.axis[1] * across[i][0] + row.axis[2] * across[i][1];
        impact.position += (d_.bodies[row.b].x + row.point[i].rb) * normal[i];
        weight += normal[i];
    }
    impact.position = weight > 0 ? impact.position / weight : d_.bodies[row.b].x + row.point[0].rb;
    return impact;
}

void ContactSolver::resolve_blows(std::vector<Impact>& impacts) {
    std::vector<double> speed(rows_.size());
    bool any = false;
    for (size_t i = 0; i < rows_.size(); ++i) {
        speed[i] = closing(rows_[i]);
        any |= speed[i] > kBlowSpeed;
    }
    if (!any) return;
    rows_of_body_.assign(d_.bodies.size(), {});
    for (size_t i = 0; i < rows_.size(); ++i) {
        rows_of_body_[rows_[i].a].push_back(static_cast<int>(i));
        rows_of_body_[rows_[i].b].push_back(static_cast<int>(i));
    }
    const size_t most_blows = 16 * rows_.size() + 64;
    for (size_t n = 0; n < most_blows; ++n) {
        size_t hardest = 0;
        for (size_t i = 1; i < rows_.size(); ++i) {
            if (speed[i] > speed[hardest]) hardest = i;
        }
        if (speed[hardest] <= kBlowSpeed) break;
        Row& row = rows_[hardest];
        // Until its first blow a body moves as before: then the bounce starts at the surface.
        const Vec3 before_a = d_.bodies[row.a].v, before_b = d_.bodies[row.b].v;
        const Impact impact = strike(row);
        const auto shift = [&](int body, Vec3 before) {
            BodyNow& now = d_.now[body];
            if (now.impacted || now.inverse_mass == 0) return;
            now.impacted = true;
            now.shift = (before - d_.bodies[body].v) * impact.time_s;
        };
        shift(row.a, before_a);
        shift(row.b, before_b);
        impacts.push_back(impact);
        for (int body : {row.a, row.b}) {
            if (d_.now[body].inverse_mass == 0) continue;
            for (int i : rows_of_body_[body]) speed[i] = closing(rows_[i]);
        }
    }
}

void ContactSolver::drop(int body) {
    std::erase_if(rows_, [&](const Row& r) { return r.a == body || r.b == body; });
}

void ContactSolver::warm_start() {
    for (Row& row : rows_) {
        for (int i = 0; i < row.count; ++i) {
            Point& p = row.point[i];
            push(row, p, 0, p.normal_impulse);
            push(row, p, 1, p.tangent_impulse[0]);
            push(row, p, 2, p.tangent_impulse[1]);
        }
        d_.bodies[row.a].w -= d_.now[row.a].inverse_inertia * row.rolling_impulse;
        d_.bodies[row.b].w += d_.now[row.b].inverse_inertia * row.rolling_impulse;
    }
}

// Rolling and boring resistance: a torque up to (lever arm) x (normal force) against the relative
// turning (Coulomb 1785; lever arms in world/materials).
void ContactSolver::solve_rolling(Row& row) {
    double load = 0;
    for (int i = 0; i < row.count; ++i) load += row.point[i].normal_impulse;
    const double most = row.rolling_m * load;
    if (most <= 0 && length_squared(row.rolling_impulse) == 0) return;
    RigidState &a = d_.bodies[row.a], &b = d_.bodies[row.b];
    const Vec3 turning = b.w - a.w;
    const double speed = length(turning);
    const Vec3 axis = speed > 1e-12 ? turning / speed : row.axis[0];
    const Mat3 inverse = d_.now[row.a].inverse_inertia + d_.now[row.b].inverse_inertia;
    const double ease = dot(axis, inverse * axis);
    Vec3 wanted = row.rolling_impulse - (ease > 0 ? axis * (speed / ease) : Vec3{});
    const double size = length(wanted);
    if (size > most) wanted = size > 0 ? wanted * (most / size) : Vec3{};
    const Vec3 change = wanted - row.rolling_impulse;
    a.w -= d_.now[row.a].inverse_inertia * change;
    b.w += d_.now[row.b].inverse_inertia * change;
    row.rolling_impulse = wanted;
}

void ContactSolver::solve_row(Row& row, bool position_feedback) {
    const double h = d_.h();
    const Softness soft(h);
    for (int i = 0; i < row.count; ++i) {
        Point& p = row.point[i];
        double bias = 0, mass_scale = 1, impulse_scale = 0;
        if (p.gap > 0) {
            bias = p.gap / h;  // may close the gap, not more
        } else if (position_feedback) {
            bias = std::max(soft.bias_rate * p.gap, -kPushOutSpeed);
            mass_scale = soft.mass_scale;
            impulse_scale = soft.impulse_scale;
        }
        const double v = along(row, p, 0);
        const double more =
            -p.normal_mass * mass_scale * (v + bias) - impulse_scale * p.normal_impulse;
        const double sum = std::max(p.normal_impulse + more, 0.0);
        push(row, p, 0, sum - p.normal_impulse);
        p.normal_impulse = sum;
    }
    for (int i = 0; i < row.count; ++i) {
        Point& p = row.point[i];
        double wanted[2];
        for (int k = 0; k < 2; ++k) {
            wanted[k] = p.tangent_impulse[k] - p.tangent_mass[k] * along(row, p, k + 1);
        }
        const double size = std::sqrt(wanted[0] * wanted[0] + wanted[1] * wanted[1]);
        const double most = row.friction * p.normal_impulse;
        const double scale = size > most ? most / size : 1;
        for (int k = 0; k < 2; ++k) {
            push(row, p, k + 1, wanted[k] * scale - p.tangent_impulse[k]);
            p.tangent_impulse[k] = wanted[k] * scale;
        }
    }
    solve_rolling(row);
}

void ContactSolver::solve(bool position_feedback) {
    for (Row& row : rows_) solve_row(row, position_feedback);
}

void ContactSolver::relax() {
    for (Row& row : rows_) solve_row(row, false);
}

void ContactSolver::store() {
    for (Row& row : rows_) {
        Touch& touch = d_.touches[row.touch];
        double load = 0;
        for (int i = 0; i < row.count; ++i) {
            touch.point[i].normal_impulse = row.point[i].normal_impulse;
            touch.point[i].tangent_impulse[0] = row.point[i].tangent_impulse[0];
            touch.point[i].tangent_impulse[1] = row.point[i].tangent_impulse[1];
            load += row.point[i].normal_impulse;
        }
        touch.rolling_impulse = row.rolling_impulse;
        touch.loaded = load > 0;
        touch.lasting_s = touch.loaded ? touch.lasting_s + d_.h() : 0;
    }
}

void ContactSolver::note_constrained() {
    for (const Row& row : rows_) {
        for (int i = 0; i < row.count; ++i) {
            if (row.point[i].normal_impulse <= 0) continue;
            d_.now[row.a].constrained = d_.now[row.b].constrained = true;
        }
    }
}

}  // namespace world::step
