#include <algorithm>

#include "world/figure/figure.h"
#include "world/figure/joints.h"
#include "world/figure/limbs.h"
#include "world/figure/motion/performance.h"

namespace world {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;

// Velocities by central difference over this span: shorter than any contact matters, longer than
// rounding does.
constexpr double kDifference = 1e-3;

class TimelineDriver : public FigureDriver {
public:
    explicit TimelineDriver(const Scene& scene) {
        for (const auto& figure : scene.figures) {
            Puppet puppet{figure->name, Performance::compile(*figure), figure_limbs(*figure), -1,
                          0};
            const std::string first =
                puppet.limbs.empty()
                    ? ""
                    : figure->name + "." + std::string(joint_name(puppet.limbs.front().joint));
            for (size_t i = 0; i < scene.bodies.size(); ++i) {
                if (scene.bodies[i].motion == Motion::Driven && scene.bodies[i].name == first) {
                    puppet.first_body = static_cast<int>(i);
                    break;
                }
            }
            puppets_.push_back(std::move(puppet));
        }
    }

    void drive(double t_s, const Scene&, Snapshot& state) override {
        state.figures.resize(std::max(state.figures.size(), puppets_.size()));
        for (size_t i = 0; i < puppets_.size(); ++i) {
            Puppet& puppet = puppets_[i];
            state.figures[i] = puppet.part.state_at(t_s);
            if (puppet.first_body >= 0) drive_limbs(puppet, t_s, state);
            const auto& falls = puppet.part.footfalls();
            while (puppet.next_fall < falls.size() && falls[puppet.next_fall].t_s <= t_s) {
                const Footfall& fall = falls[puppet.next_fall++];
                if (fall.t_s < last_s_) continue;
                Event event;
                event.t_s = fall.t_s;
                event.kind = EventKind::Footstep;
                event.a = puppet.name;
                event.b = "floor";
                event.position_m = fall.at;
                event.material_a = "rubber";
                event.closing_speed_mps = fall.speed_mps;
                // A quarter of the body's mass is what the heel strike stops.
                event.impulse_Ns =
                    0.25 * mass_state(puppet.part.body(), {}).mass_kg * fall.speed_mps;
                footsteps_.push_back(event);
            }
        }
        last_s_ = t_s;
    }

    std::vector<Event> take_footsteps() override { return std::exchange(footsteps_, {}); }

private:
    struct Puppet {
        std::string name;
        Performance part;
        std::vector<Limb> limbs;
        int first_body;
        size_t next_fall;
    };

    static void drive_limbs(const Puppet& puppet, double t_s, Snapshot& state) {
        const JointPoses before = puppet.part.joints_at(t_s - kDifference);
        const JointPoses after = puppet.part.joints_at(t_s + kDifference);
        for (size_t k = 0; k < puppet.limbs.size(); ++k) {
            const Limb& limb = puppet.limbs[k];
            const size_t index = static_cast<size_t>(puppet.first_body) + k;
            if (index >= state.bodies.size()) break;
            const Transform local{limb.centre, limb.turn};
            const Transform a = before[static_cast<size_t>(limb.joint)] * local;
            const Transform b = after[static_cast<size_t>(limb.joint)] * local;
            BodyState& body = state.bodies[index];
            body.pose = {(a.translation + b.translation) * 0.5,
                         base::slerp(a.rotation, b.rotation, 0.5)};
            body.velocity_mps = (b.translation - a.translation) / (2 * kDifference);
            Quat d = b.rotation * a.rotation.conjugate();
            if (d.w < 0) d = {-d.x, -d.y, -d.z, -d.w};
            body.angular_velocity_radps = Vec3{d.x, d.y, d.z} / kDifference;
        }
    }

    std::vector<Puppet> puppets_;
    std::vector<Event> footsteps_;
    double last_s_ = -1e9;
};

}  // namespace

std::unique_ptr<FigureDriver> FigureDriver::create(const Scene& scene) {
    return std::make_unique<TimelineDriver>(scene);
}

}  // namespace world
