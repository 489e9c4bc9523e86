#include <algorithm>

#include "world/figure/figure.h"
#include "world/figure/joints.h"
#include "world/figure/part.h"

namespace world {
namespace {

class TimelineDriver : public FigureDriver {
public:
    TimelineDriver(const Scene& scene, PartBook* book) {
        for (const auto& figure : scene.figures) {
            Puppet puppet{figure->name,
                          book ? book->part_of(*figure) : std::make_shared<Part>(*figure), -1, 0};
            const std::vector<Limb>& limbs = puppet.part->limbs();
            const std::string first =
                limbs.empty() ? ""
                              : figure->name + "." + std::string(joint_name(limbs.front().joint));
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
            const Part::Moment& now = puppet.part->at(t_s);
            state.figures[i] = now.state;
            if (puppet.first_body >= 0) drive_limbs(puppet.first_body, now.limbs, state);
            const auto& falls = puppet.part->performance().footfalls();
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
                event.impulse_Ns = 0.25 *
                                   mass_state(puppet.part->performance().body(), {}).mass_kg *
                                   fall.speed_mps;
                footsteps_.push_back(event);
            }
        }
        last_s_ = t_s;
    }

    std::vector<Event> take_footsteps() override { return std::exchange(footsteps_, {}); }

private:
    struct Puppet {
        std::string name;
        std::shared_ptr<Part> part;
        int first_body;
        size_t next_fall;
    };

    static void drive_limbs(int first_body, const std::vector<BodyState>& limbs, Snapshot& state) {
        const auto first = static_cast<size_t>(first_body);
        for (size_t k = 0; k < limbs.size() && first + k < state.bodies.size(); ++k) {
            BodyState& body = state.bodies[first + k];
            body.pose = limbs[k].pose;
            body.velocity_mps = limbs[k].velocity_mps;
            body.angular_velocity_radps = limbs[k].angular_velocity_radps;
        }
    }

    std::vector<Puppet> puppets_;
    std::vector<Event> footsteps_;
    double last_s_ = -1e9;
};

}  // namespace

std::unique_ptr<FigureDriver> FigureDriver::create(const Scene& scene, PartBook* book) {
    return std::make_unique<TimelineDriver>(scene, book);
}

}  // namespace world
