#include <utility>

#include "studio/director/staging/stage.h"

namespace studio {
namespace {

class StageDriver : public StageDriverBase {
public:
    StageDriver(const ShotStage& stage, world::PartBook* book) : paths_(stage.paths) {
        if (!stage.scene.figures.empty()) figures_ = world::FigureDriver::create(stage.scene, book);
    }
    void drive(double t_s, const world::Scene& scene, world::Snapshot& state) override {
        if (figures_) figures_->drive(t_s, scene, state);
        for (const DrivenPath& path : paths_) {
            world::BodyState& body = state.bodies[path.body];
            const base::Transform now = path.pose(t_s);
            // Velocity by a forward difference: contacts need it, its error is O(h).
            constexpr double kH = 1e-4;
            body.velocity_mps = (path.pose(t_s + kH).translation - now.translation) / kH;
            body.pose = now;
            if (path.steps) {
                for (world::Event& step : path.steps(last_s_, t_s))
                    footsteps_.push_back(std::move(step));
            }
        }
        last_s_ = t_s;
    }

    std::vector<world::Event> take_footsteps() override {
        std::vector<world::Event> all = std::exchange(footsteps_, {});
        if (figures_) {
            for (world::Event& step : figures_->take_footsteps()) all.push_back(std::move(step));
        }
        return all;
    }

private:
    std::vector<DrivenPath> paths_;
    std::vector<world::Event> footsteps_;  // of animals
    double last_s_ = 0;
    std::unique_ptr<world::FigureDriver> figures_;
};

}  // namespace

std::unique_ptr<StageDriverBase> make_driver(const ShotStage& stage, world::PartBook* book) {
    return std::make_unique<StageDriver>(stage, book);
}

}  // namespace studio
