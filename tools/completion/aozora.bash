# bash completion for aozora
_aozora() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    case $previous in
        --style) COMPREPLY=($(compgen -W "realistic clay anime noir" -- "$current")); return ;;
        --quality) COMPREPLY=($(compgen -W "draft standard final" -- "$current")); return ;;
        --writer) COMPREPLY=($(compgen -W "builtin llm" -- "$current")); return ;;
        --type) COMPREPLY=($(compgen -W "q8_0 q4_0 q4_K q5_K q6_K f16 bf16" -- "$current")); return ;;
        --engine) COMPREPLY=($(compgen -W "world" -- "$current")); return ;;
        --size) COMPREPLY=($(compgen -W "854x480 1280x720 1920x1080 720x1280" -- "$current")); return ;;
        bench) COMPREPLY=($(compgen -W "film1 draft steel dominoes pool memory4 memory60 tensor" -- "$current")); return ;;
    esac
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "make write remix extend serve worker pull models quantize keys doctor backup restore bench --help --version --licences" -- "$current"))
        return
    fi
    case $command in
        make | remix | extend)
            if [ "${current#-}" != "$current" ]; then
                COMPREPLY=($(compgen -W "-o --engine --seconds --size --fps --seed --style --quality --image --character --record --shots --passes --state --continue --writer --memory --steps --negative --lora --keyframe --reference --sound --control --decoder --threads --json --no-progress --force --help" -- "$current"))
                return
            fi ;;
        serve)
            if [ "${current#-}" != "$current" ]; then
                COMPREPLY=($(compgen -W "--listen --data --database --blobs --config --workers --threads --tls-cert --tls-key --host --cors --retention-days --open --strict-openai --log-json --verbose --print-config --help" -- "$current"))
                return
            fi ;;
        keys)
            COMPREPLY=($(compgen -W "create list revoke --help" -- "$current"))
            return ;;
        pull)
            if [ "${current#-}" != "$current" ]; then
                COMPREPLY=($(compgen -W "--accept-licence --as --token --endpoint --connections --force --no-progress --help" -- "$current"))
                return
            fi
            COMPREPLY=($(compgen -f -W "ltx-2.0 ltx-2.3 ltx-2.5 wan2.1-1.3b wan2.2-ti2v-5b wan2.2-t2v-a14b wan2.2-i2v-a14b" -- "$current"))
            return ;;
        models)
            COMPREPLY=($(compgen -W "--json --help" -- "$current"))
            return ;;
        quantize)
            if [ "${current#-}" != "$current" ]; then
                COMPREPLY=($(compgen -W "--type --force --no-progress --help" -- "$current"))
                return
            fi ;;
        write)
            if [ "${current#-}" != "$current" ]; then
                COMPREPLY=($(compgen -W "-o --seconds --size --fps --seed --style --writer --help" -- "$current"))
                return
            fi ;;
    esac
    COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _aozora aozora
