#include "world/figure/part.h"

#include <optional>

namespace world {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;

// Velocities by central difference over this span: shorter than any contact matters, longer than
// rounding does.
constexpr double kDifference = 1e-3;

// All that a performance depends on, as bytes.
class Script {
public:
    explicit Script(const FigureModel& f) {
        const FigureLook& look = f.look;
        for (const std::string* s : {&f.name, &look.sex, &look.age, &look.role, &look.hair_style,
                                     &look.outfit, &look.material})
            add(*s);
        for (const base::Vec3f& colour : {look.skin, look.hair, look.top, look.bottom, look.shoes})
            add(colour.cast<double>());
        add(look.seed);
        add(f.height_m);
        add(f.mass_kg);
        add(f.place.translation);
        add(f.place.rotation);
        add(static_cast<int>(f.grip));
        add(f.tasks.size());
        for (const FigureTask& task : f.tasks) {
            add(task.clip);
            add(task.start_s);
            add(task.end_s);
            add(task.to);
            add(task.aim);
            add(task.speed);
            add(task.event_s);
        }
        for (const auto& [time, viseme] : f.visemes) {
            add(time);
            add(viseme);
        }
    }
    const std::string& bytes() const { return bytes_; }

private:
    void raw(const void* from, size_t count) {
        bytes_.append(static_cast<const char*>(from), count);
    }
    void add(double x) { raw(&x, sizeof(x)); }
    void add(uint64_t x) { raw(&x, sizeof(x)); }
    void add(int x) { raw(&x, sizeof(x)); }
    void add(const Vec3& v) {
        for (const double x : {v.x, v.y, v.z}) add(x);
    }
    void add(const Quat& q) {
        for (const double x : {q.x, q.y, q.z, q.w}) add(x);
    }
    void add(const std::string& s) {
        add(static_cast<uint64_t>(s.size()));
        bytes_ += s;
    }
    template <typename T>
    void add(const std::optional<T>& x) {
        add(static_cast<int>(x.has_value()));
        if (x) add(*x);
    }

    std::string bytes_;
};

}  // namespace

Part::Part(const FigureModel& figure)
    : performance_(Performance::compile(figure)), limbs_(figure_limbs(figure)) {}

const Part::Moment& Part::at(double t_s) {
    const auto known = moments_.find(t_s);
    if (known != moments_.end()) return known->second;
    if (room_ == nullptr || *room_ == 0) return last_ = solve(t_s);
    --*room_;
    return moments_.emplace(t_s, solve(t_s)).first->second;
}

Part::Moment Part::solve(double t_s) const {
    Moment moment;
    moment.state = performance_.state_at(t_s);
    const JointPoses before = performance_.bones_at(t_s - kDifference);
    const JointPoses after = performance_.bones_at(t_s + kDifference);
    for (const Limb& limb : limbs_) {
        const Transform local{limb.centre, limb.turn};
        const Transform a = before[static_cast<size_t>(limb.joint)] * local;
        const Transform b = after[static_cast<size_t>(limb.joint)] * local;
        BodyState& body = moment.limbs.emplace_back();
        body.pose = {(a.translation + b.translation) * 0.5,
                     base::slerp(a.rotation, b.rotation, 0.5)};
        body.velocity_mps = (b.translation - a.translation) / (2 * kDifference);
        Quat d = b.rotation * a.rotation.conjugate();
        if (d.w < 0) d = {-d.x, -d.y, -d.z, -d.w};
        body.angular_velocity_radps = Vec3{d.x, d.y, d.z} / kDifference;
    }
    return moment;
}

std::shared_ptr<Part> PartBook::part_of(const FigureModel& figure) {
    std::shared_ptr<Part>& part = parts_[Script(figure).bytes()];
    if (!part) {
        part = std::make_shared<Part>(figure);
        part->room_ = &room_;
    }
    return part;
}

PartBook::~PartBook() {
    for (auto& [script, part] : parts_) {
        part->room_ = nullptr;
        part->moments_.clear();
    }
}

}  // namespace world
