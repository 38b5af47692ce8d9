"""Real vLLM on a processor, with a tiny vision-language model made here: `make test-vllm`."""
