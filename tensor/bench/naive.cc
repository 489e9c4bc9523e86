#include "tensor/bench/naive.h"

#include <dnnl.hpp>
#include <memory>

namespace tensor::bench {
namespace {

using dnnl::memory;
using Dims = memory::dims;

struct Runtime {
    dnnl::engine engine{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream{engine};
};

memory filled(const memory::desc& desc, const dnnl::engine& engine) {
    memory m(desc, engine);
    auto* bytes = static_cast<uint8_t*>(m.get_data_handle());
    if (desc.data_type() == memory::data_type::f32) {
        auto* values = reinterpret_cast<float*>(bytes);
        for (size_t i = 0; i < desc.get_size() / 4; ++i)
            values[i] = static_cast<float>(i * 37 % 101) / 101.0f - 0.5f;
    } else {
        for (size_t i = 0; i < desc.get_size(); ++i) bytes[i] = i % 2 ? 0x3c : 0;
    }
    return m;
}

}  // namespace

std::function<void()> naive_attention(int64_t heads, int64_t tokens, int64_t depth) {
    auto rt = std::make_shared<Runtime>();
    const auto f32 = memory::data_type::f32;
    const memory::desc q({heads, tokens, depth}, f32, Dims{tokens * depth, depth, 1});
    const memory::desc k({heads, depth, tokens}, f32, Dims{tokens * depth, 1, depth});
    const memory::desc s({heads, tokens, tokens}, f32, Dims{tokens * tokens, tokens, 1});
    const dnnl::matmul first({{q, k, s}, rt->engine}), second({{s, q, q}, rt->engine});
    const dnnl::softmax_forward soft({{dnnl::prop_kind::forward_inference, s, 2}, rt->engine});
    const memory mq = filled(q, rt->engine), mk = filled(k, rt->engine), mv = filled(q, rt->engine),
                 my = filled(q, rt->engine), ms = filled(s, rt->engine);
    return [=] {
        first.execute(rt->stream, {{DNNL_ARG_SRC, mq}, {DNNL_ARG_WEIGHTS, mk}, {DNNL_ARG_DST, ms}});
        soft.execute(rt->stream, {{DNNL_ARG_SRC, ms}, {DNNL_ARG_DST, ms}});
        second.execute(rt->stream,
                       {{DNNL_ARG_SRC, ms}, {DNNL_ARG_WEIGHTS, mv}, {DNNL_ARG_DST, my}});
        rt->stream.wait();
    };
}

std::function<void()> bf16_product(int64_t m, int64_t k, int64_t n) {
    auto rt = std::make_shared<Runtime>();
    const auto bf16 = memory::data_type::bf16, f32 = memory::data_type::f32;
    const memory::desc a({m, k}, bf16, Dims{k, 1}), b({k, n}, bf16, memory::format_tag::any),
        c({m, n}, f32, Dims{n, 1});
    try {
        const dnnl::matmul::primitive_desc chosen({a, b, c}, rt->engine);
        const dnnl::matmul primitive(chosen);
        const memory ma = filled(a, rt->engine), mb = filled(chosen.weights_desc(), rt->engine),
                     mc = filled(c, rt->engine);
        return [=] {
            primitive.execute(rt->stream,
                              {{DNNL_ARG_SRC, ma}, {DNNL_ARG_WEIGHTS, mb}, {DNNL_ARG_DST, mc}});
            rt->stream.wait();
        };
    } catch (const dnnl::error&) {
        return {};
    }
}

}  // namespace tensor::bench
