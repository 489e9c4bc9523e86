#include "world/step/ropes.h"

namespace world::step {

namespace {

constexpr double kSpacing = 0.05;  // m between points, 8 to 40 of them
constexpr double kTaut = 0.999;    // of the length: drawn as a straight line

}  // namespace

Ropes::Ropes(const Dynamics& d, const JointSolver& joints) {
    for (int j = 0; j < static_cast<int>(d.scene.joints.size()); ++j) {
        const Joint& joint = d.scene.joints[j];
        if (joint.kind != JointKind::Rope || !joint.visible) continue;
        Chain chain;
        chain.joint = j;
        const Vec3 a = joints.end_a(j), b = joints.end_b(j);
        chain.length_m = joint.length_m > 0 ? joint.length_m : length(b - a);
        const int count = std::clamp(static_cast<int>(chain.length_m / kSpacing), 8, 40);
        for (int i = 0; i <= count; ++i) chain.now.push_back(a + (b - a) * (double(i) / count));
        // Slack starts as a sag below the line, then settles.
        const double spare = chain.length_m - length(b - a);
        for (int i = 0; i <= count && spare > 0; ++i) {
            const double u = double(i) / count;
            chain.now[i].z -= 2 * std::sqrt(spare * chain.length_m) * u * (1 - u);
        }
        chain.before = chain.now;
        settle(chain, a, b, false, 60);
        chain.before = chain.now;
        const auto local = [&](int body, Vec3 p) {
            return body < 0 ? p : d.scene.bodies[body].pose.apply_inverse(p);
        };
        local_ends_.push_back({local(joint.a, a), local(joint.b, b)});
        chains_.push_back(std::move(chain));
    }
}

void Ropes::settle(Chain& chain, Vec3 a, Vec3 b, bool free_end, int sweeps) const {
    const int last = static_cast<int>(chain.now.size()) - 1;
    const double link = chain.length_m / last;
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        chain.now[0] = a;
        if (!free_end) chain.now[last] = b;
        for (int i = 0; i < last; ++i) {
            Vec3 &p = chain.now[i], &q = chain.now[i + 1];
            const Vec3 d = q - p;
            const double l = length(d);
            if (l <= link || l == 0) continue;  // a rope pulls, it does not push
            const Vec3 mend = d * (0.5 * (l - link) / l);
            p += mend;
            q -= mend;
        }
    }
    chain.now[0] = a;
    if (!free_end) chain.now[last] = b;
}

void Ropes::move(const Dynamics& d, const JointSolver& joints, double frame_s) {
    const double keep = std::exp(-1.2 * frame_s);  // 1/s, air
    for (Chain& chain : chains_) {
        const bool broken = d.joints[chain.joint].broken;
        // A broken rope stays with the end that does not move.
        const bool hangs_at_b = broken && d.scene.joints[chain.joint].b < 0;
        const Vec3 a = hangs_at_b ? joints.end_b(chain.joint) : joints.end_a(chain.joint);
        const Vec3 b = joints.end_b(chain.joint);
        for (size_t i = 0; i < chain.now.size(); ++i) {
            const Vec3 v = (chain.now[i] - chain.before[i]) * keep;
            chain.before[i] = chain.now[i];
            chain.now[i] += v + d.scene.gravity_mps2 * (frame_s * frame_s);
        }
        settle(chain, a, b, broken, 16);
    }
}

void Ropes::write(const Dynamics& d, Snapshot& out) const {
    for (size_t c = 0; c < chains_.size(); ++c) {
        const Chain& chain = chains_[c];
        const Joint& joint = d.scene.joints[chain.joint];
        const auto shown = [&](int body, Vec3 local) {
            return body < 0 ? local : out.bodies[body].pose.apply(local);
        };
        const Vec3 a = shown(joint.a, local_ends_[c].first);
        const Vec3 b = shown(joint.b, local_ends_[c].second);
        SoftState state;
        state.kind = SoftState::Kind::Rope;
        state.index = chain.joint;
        const bool broken = d.joints[chain.joint].broken;
        const bool taut = !broken && length(b - a) > kTaut * chain.length_m;
        const auto last = static_cast<double>(chain.now.size() - 1);
        for (size_t i = 0; i < chain.now.size(); ++i) {
            const double u = static_cast<double>(i) / last;
            // Between steps the chain is carried along with its ends.
            const Vec3 carried = chain.now[i] + (a - chain.now.front()) * (1 - u) +
                                 (broken ? Vec3{} : (b - chain.now.back()) * u);
            state.vertices.push_back((taut ? a + (b - a) * u : carried).cast<float>());
        }
        out.soft.push_back(std::move(state));
    }
}

void Ropes::save(StateWriter& out) const {
    for (const Chain& chain : chains_) out.put(chain.now), out.put(chain.before);
}

void Ropes::restore(StateReader& in) {
    for (Chain& chain : chains_) in.get(chain.now), in.get(chain.before);
}

}  // namespace world::step
