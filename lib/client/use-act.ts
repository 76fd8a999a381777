"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";

/**
 * Runs a change, then asks again for what hangs on it. `onDone` gets the answer, `onFailed` the words for the person.
 */
export function useAct<Input, Output>(
  act: (input: Input) => Promise<Output>,
  then: { refresh: string[]; onDone?: (output: Output) => void; onFailed?: (message: string) => void },
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (output) => then.onDone?.(output),
    onError: (error) => then.onFailed?.(error.message),
    onSettled: () => Promise.all(then.refresh.map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}
