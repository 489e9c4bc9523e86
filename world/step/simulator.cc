// The order of one step. Each line of Engine::step is a chapter of this folder.
#include "world/step/simulator.h"

#include <algorithm>

#include "world/step/breaking.h"
#include "world/step/build.h"
#include "world/step/carriers.h"
#include "world/step/cloth.h"
#include "world/step/contacts.h"
#include "world/step/event_log.h"
#include "world/step/forces.h"
#include "world/step/gates.h"
#include "world/step/joints.h"
#include "world/step/pairs.h"
#include "world/step/particles.h"
#include "world/step/ropes.h"
#include "world/step/saved_state.h"
#include "world/step/sleeping.h"
#include "world/step/slides.h"
#include "world/step/water.h"

namespace world {

namespace step {
namespace {

constexpr double kFrame = 1.0 / 240;  // s; drivers and pair search run at this rate
constexpr int kClothEvery = 2;        // steps
constexpr double kDustImpulse = 0.4;  // N s; gentler blows raise no dust

class Engine : public Simulator {
public:
    Engine(Dynamics d, Driver* driver)
        : d_(std::move(d)),
          frame_steps_(std::max(1, static_cast<int>(std::lround(kFrame / d_.h())))),
          carriers_(d_, driver, frame_steps_ * d_.h()),
          contacts_(d_),
          joints_(d_),
          ropes_(d_, joints_),
          cloths_(d_.scene),
          water_(d_.scene) {
        tree_.build(d_);
        settle_start();
        write_snapshot(0);
    }

    void advance_to(double t_s) override {
        while (d_.time_s() < t_s - 1e-9) step();
        write_snapshot(t_s);
        events_.settle(d_.time_s(), d_.settings.merge_s);
    }

    double time_s() const override { return shown_s_; }
    const Snapshot& snapshot() const override { return snapshot_; }
    std::vector<Event> take_events() override { return events_.take(); }
    std::vector<SlideSample> take_slides() override { return slides_.take(); }
    void flush_events() override { events_.settle(d_.time_s(), d_.settings.merge_s, true); }

    std::vector<uint8_t> save() const override {
        StateWriter out;
        out.put(kStateMagic);
        out.put(shown_s_);
        out.put(d_.step_index);
        out.put(d_.pairs_dirty);
        out.put(d_.bodies);
        out.put(d_.touches);
        out.put(d_.pairs);
        out.put(d_.joints);
        out.put(d_.speed_at_pairing);
        carriers_.save(out);
        ropes_.save(out);
        cloths_.save(out);
        water_.save(out);
        particles_.save(out);
        save_events(out, events_.waiting());
        save_events(out, events_.outbox());
        return out.bytes();
    }

    base::Status restore(const std::vector<uint8_t>& state) override {
        StateReader in(state);
        uint64_t magic = 0;
        std::vector<RigidState> bodies;
        in.get(magic);
        double shown = 0;
        Dynamics next = d_;
        in.get(shown);
        in.get(next.step_index);
        in.get(next.pairs_dirty);
        in.get(next.bodies);
        in.get(next.touches);
        in.get(next.pairs);
        in.get(next.joints);
        in.get(next.speed_at_pairing);
        if (magic != kStateMagic || !in.ok() || next.bodies.size() != d_.bodies.size() ||
            next.joints.size() != d_.joints.size()) {
            return base::failed("this state belongs to another scene or build");
        }
        Carriers carriers = carriers_;
        Ropes ropes = ropes_;
        Cloths cloths = cloths_;
        WaterSurface water = water_;
        Particles particles;
        carriers.restore(in);
        ropes.restore(in);
        cloths.restore(in);
        water.restore(in);
        particles.restore(in);
        std::vector<Event> waiting = load_events(in), outbox = load_events(in);
        if (!in.ok()) return base::failed("the saved state is cut short");
        d_.step_index = next.step_index;
        d_.pairs_dirty = next.pairs_dirty;
        d_.bodies = std::move(next.bodies);
        d_.touches = std::move(next.touches);
        d_.pairs = std::move(next.pairs);
        d_.joints = std::move(next.joints);
        d_.speed_at_pairing = std::move(next.speed_at_pairing);
        carriers_ = std::move(carriers);
        ropes_ = std::move(ropes);
        cloths_ = std::move(cloths);
        water_ = std::move(water);
        particles_ = std::move(particles);
        events_.set(std::move(waiting), std::move(outbox));
        for (int i = 0; i < count(); ++i) refresh_now(d_, i);
        write_snapshot(shown);
        return {};
    }

    double mass_kg(BodyIndex body) const override { return d_.models[body].mass; }
    base::Vec3 centre_of_mass(BodyIndex body) const override {
        return d_.models[body].shape->centre_of_mass;
    }

    double energy_J() const override {
        double sum = 0;
        for (int i = 0; i < count(); ++i) {
            if (!d_.movable(i)) continue;
            const RigidState& s = d_.bodies[i];
            const Vec3 w = s.q.conjugate().rotate(s.w);
            sum += 0.5 * d_.models[i].mass * dot(s.v, s.v) +
                   0.5 * dot(w, d_.models[i].inertia * w) -
                   d_.models[i].mass * dot(d_.scene.gravity_mps2, s.x);
        }
        return sum;
    }
    base::Vec3 momentum() const override {
        Vec3 sum;
        for (int i = 0; i < count(); ++i) {
            if (d_.movable(i)) sum += d_.bodies[i].v * d_.models[i].mass;
        }
        return sum;
    }

private:
    int count() const { return static_cast<int>(d_.models.size()); }

    // Finds what touches before anything moves, so that sleepers know their neighbours.
    void settle_start() {
        find_pairs(d_, tree_, kFrame);
        find_touches(d_);
        for (int i = 0; i < count(); ++i) {
            if (d_.scene.bodies[i].asleep && d_.movable(i)) d_.bodies[i].awake = false;
            refresh_now(d_, i);
        }
        d_.pairs_dirty = true;
    }

    void step() {
        const double h = d_.h();
        if (d_.step_index % frame_steps_ == 0) {
            carriers_.begin_frame(d_);
            find_pairs(d_, tree_, frame_steps_ * h);
            for (JointState& joint : d_.joints) joint.load_Ns = 0;
            ropes_.move(d_, joints_, frame_steps_ * h);
            water_.ripple(frame_steps_ * h);
            particles_.move(d_.scene, frame_steps_ * h);
        }
        carriers_.carry(d_, events_);
        remember();
        find_contacts();
        apply_forces(d_);
        water_.act(d_, events_, particles_);

        contacts_.prepare();
        joints_.prepare();
        impacts_.clear();
        contacts_.resolve_blows(impacts_);
        break_bodies(d_, contacts_, impacts_, events_);
        for (const Impact& impact : impacts_) {
            events_.impact(d_, impact);
            raise_particles(impact);
        }
        contacts_.warm_start();
        joints_.warm_start();
        for (int i = 0; i < 2; ++i) {
            joints_.solve();
            contacts_.solve(true);
        }
        contacts_.note_constrained();
        joints_.store();
        integrate();
        contacts_.relax();
        contacts_.store();
        if (d_.step_index % kClothEvery == 0) cloths_.move(d_, kClothEvery * h);
        slides_.sample(d_, frame_steps_);
        gates_.look(d_, events_);
        put_to_sleep(d_);
        ++d_.step_index;
    }

    void raise_particles(const Impact& impact) {
        const double impulse = length(impact.impulse);
        if (impulse < kDustImpulse || impact.closing_mps < 0.8) return;
        const Touch& touch = d_.touches[impact.touch];
        const auto material_of = [&](int body, int part) {
            return d_.materials.materials[d_.models[body].part_material[part]]->name;
        };
        const std::string_view a = material_of(touch.key.a, touch.key.part_a);
        const std::string_view b = material_of(touch.key.b, touch.key.part_b);
        const uint64_t seed = base::hash_combine(
            base::hash_combine(d_.scene.seed, static_cast<uint64_t>(d_.step_index)),
            static_cast<uint64_t>(impact.touch));
        if (is_dusty(a) || is_dusty(b))
            particles_.dust(impact.position, touch.normal, impulse, seed);
        const auto sparks = [](std::string_view m) { return m == "steel" || m == "iron"; };
        if (sparks(a) && sparks(b) && impact.closing_mps > 6) {
            particles_.sparks(impact.position, touch.normal, impulse, seed);
        }
    }

    void remember() {
        for (int i = 0; i < count(); ++i) {
            d_.bodies[i].old_x = d_.bodies[i].x;
            d_.bodies[i].old_q = d_.bodies[i].q;
            refresh_now(d_, i);
        }
    }

    void find_contacts() {
        for (int round = 0; round < 8; ++round) {
            if (pairs_are_stale(d_)) find_pairs(d_, tree_, frame_steps_ * d_.h());
            find_touches(d_);
            if (!wake_touched(d_)) return;
            for (int i = 0; i < count(); ++i) refresh_now(d_, i);
        }
    }

    void integrate() {
        const double h = d_.h();
        for (int i = 0; i < count(); ++i) {
            RigidState& s = d_.bodies[i];
            BodyNow& now = d_.now[i];
            if (d_.models[i].motion == Motion::Driven || s.held) {
                s.x += s.v * h;
                s.q = integrate_rotation(s.q, s.w, h);
                refresh_now(d_, i);
                continue;
            }
            if (!d_.movable(i) || !s.awake) continue;
            s.x += s.v * h + now.shift;
            // Untouched bodies follow the parabola: position by the mean of old and new velocity.
            if (!now.constrained && !now.impacted) s.x -= now.free_acceleration * (0.5 * h * h);
            turn(i);
            refresh_now(d_, i);
        }
    }

    // Free turning keeps the angular momentum L: the axis wanders with the body (midpoint rule).
    void turn(int i) {
        RigidState& s = d_.bodies[i];
        const BodyModel& m = d_.models[i];
        if (m.shape->is_ball || length_squared(s.w) < 1e-6) {
            s.q = integrate_rotation(s.q, s.w, d_.h());
            return;
        }
        const Mat3& r = d_.now[i].rotation;
        const Vec3 momentum = r * (m.inertia * r.transposed_times(s.w));
        const auto speed_at = [&](Quat q) {
            return q.rotate(m.inverse_inertia * q.conjugate().rotate(momentum));
        };
        const Vec3 middle = speed_at(integrate_rotation(s.q, s.w, d_.h() / 2));
        s.q = integrate_rotation(s.q, middle, d_.h());
        s.w = speed_at(s.q);
    }

    void write_snapshot(double t_s) {
        shown_s_ = t_s;
        const double behind = std::clamp((d_.time_s() - t_s) / d_.h(), 0.0, 1.0);
        snapshot_.world_t_s = t_s;
        snapshot_.bodies.resize(d_.bodies.size());
        for (int i = 0; i < count(); ++i) {
            const RigidState& s = d_.bodies[i];
            BodyState& out = snapshot_.bodies[i];
            const Vec3 x = s.x + (s.old_x - s.x) * behind;
            const Quat q = behind > 0 ? base::slerp(s.q, s.old_q, behind) : s.q;
            out.pose = {x - q.rotate(d_.models[i].shape->centre_of_mass), q};
            out.velocity_mps = s.v;
            out.angular_velocity_radps = s.w;
            out.visible = !s.hidden;
            out.released = !s.held;
            out.asleep = !s.awake;
        }
        carriers_.write(t_s, snapshot_);
        snapshot_.soft.clear();
        cloths_.write(snapshot_);
        ropes_.write(d_, snapshot_);
        water_.write(snapshot_);
        particles_.write(snapshot_);
    }

    Dynamics d_;
    int frame_steps_;
    StaticTree tree_;
    Carriers carriers_;
    ContactSolver contacts_;
    JointSolver joints_;
    Ropes ropes_;
    Cloths cloths_;
    WaterSurface water_;
    Particles particles_;
    EventLog events_;
    SlideLog slides_;
    Gates gates_;
    std::vector<Impact> impacts_;
    Snapshot snapshot_;
    double shown_s_ = 0;
};

}  // namespace
}  // namespace step

base::Result<std::unique_ptr<Simulator>> Simulator::create(const Scene& scene,
                                                           const SimulatorSettings& settings,
                                                           Driver* driver) {
    step::Dynamics d = TRY(step::build_dynamics(scene, settings));
    return std::unique_ptr<Simulator>(std::make_unique<step::Engine>(std::move(d), driver));
}

}  // namespace world
