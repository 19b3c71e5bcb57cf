// The Governor on the EVM written in JavaScript: signed transactions are read from bytes, their sender recovered, and run one by one.
import { createBlock } from '@ethereumjs/block';
import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { createLegacyTx, createTxFromRLP } from '@ethereumjs/tx';
import { Account, Address, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import { createVM, runTx } from '@ethereumjs/vm';
import { getCreateAddress } from 'ethers';
import { founding, signedBallot } from './governor.mjs';

/** Founds the house on a virtual machine of its own. `signed` casts all ballots; `count` says how many the contract has counted. */
export async function onEthereumjs(contracts, voters) {
  const common = new Common({ chain: { ...Mainnet, chainId: 31_337 }, hardfork: Hardfork.Cancun });
  const vm = await createVM({ common });
  for (const voter of voters) await vm.stateManager.putAccount(createAddressFromString(voter.address), new Account(0n, 10n ** 24n));
  const blockAt = (number) =>
    createBlock({ header: { number: BigInt(number), timestamp: BigInt(1_800_000_000 + number * 12), gasLimit: 60_000_000n, baseFeePerGas: 1n } }, { common });
  const [founder] = voters;
  let [nonce, number] = [0, 1];
  const run = async (tx, block) => {
    const done = await runTx(vm, { tx, block, skipHardForkValidation: true });
    if (done.execResult.exceptionError !== undefined) throw new Error(done.execResult.exceptionError.error);
    return done;
  };
  const send = async (data, to) => {
    const fields = {
      nonce,
      gasPrice: 10_000_000_000n,
      gasLimit: 16_000_000n,
      value: 0n,
      data: hexToBytes(data),
      ...(to === undefined ? {} : { to: new Address(hexToBytes(to)) }),
    };
    await run(createLegacyTx(fields, { common }).sign(hexToBytes(founder.privateKey)), blockAt(number));
    nonce += 1;
    number += 1;
  };
  const seatAddress = getCreateAddress({ from: founder.address, nonce: 0 });
  const houseAddress = getCreateAddress({ from: founder.address, nonce: 1 });
  const parts = founding(contracts, seatAddress, voters);
  await send(parts.deploySeat);
  await send(parts.deployHouse);
  for (const data of parts.enrolments) await send(data, seatAddress);
  await send(parts.propose, houseAddress);
  const block = blockAt(number + 5);
  const raw = await Promise.all(voters.map((voter, index) => signedBallot(voter, { to: houseAddress, data: parts.ballot, nonce: index === 0 ? nonce : 0 })));
  return {
    signed: async () => {
      for (const bytes of raw) await run(createTxFromRLP(hexToBytes(bytes), { common }), block);
    },
    count: async () => {
      const { execResult } = await vm.evm.runCall({ to: createAddressFromString(houseAddress), data: hexToBytes(parts.askCount), block });
      return Number(parts.counted(`0x${Buffer.from(execResult.returnValue).toString('hex')}`));
    },
  };
}
