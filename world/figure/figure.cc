#include "world/figure/figure.h"

#include "base/core/check.h"
#include "world/figure/joints.h"
#include "world/figure/motion/performance.h"

namespace world {

FigureState pose_figure(const FigureModel& figure, double t_s) {
    return Performance::compile(figure).state_at(t_s);
}

base::Transform joint_at(const FigureModel& figure, const std::string& joint, double t_s) {
    const int index = find_joint(joint);
    CHECK(index >= 0, "a figure has no joint called " + joint);
    return Performance::compile(figure).joints_at(t_s)[static_cast<size_t>(index)];
}

}  // namespace world
